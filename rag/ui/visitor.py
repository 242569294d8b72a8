"""Who looks at the page: the person who signed in, where the server asks for that, or else the browser.

A browser is known by a random id in a cookie, which the page itself sets: Streamlit cannot. What is kept of
visitors is only a digest of that id, so the file of the conversations opens nobody's to its reader.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256

import streamlit as st
from streamlit.errors import Error

from rag.ui import markdown, server

COOKIE = "rag_visitor"
_VISITOR, _BROWSER, _UNCONFIRMED = "visitor", "browser", "browser is new"
_ID = re.compile(r"[\w-]{43}", re.ASCII)

# Two first tabs may both find no cookie and set one: after a while, both take the one that is there.
_remember = st.components.v2.component(
    "remember_visitor",
    js="""
    const there = (name) => document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))
      ?.slice(name.length + 1).match(/^[A-Za-z0-9_-]{43}$/)?.[0];
    export default ({ data, setStateValue }) => {
      const { name, id } = data;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `${name}=${there(name) ?? id}; Path=/; Max-Age=31536000; SameSite=Strict${secure}`;
      const settle = () => {
        const other = there(name);
        if (other && other !== id) setStateValue("id", other);
      };
      settle();
      const later = setTimeout(settle, 400);
      return () => clearTimeout(later);
    };
    """,
)


def admitted() -> bool:
    """Whether the page may be shown; where people have to sign in and this one has not, it shows how."""
    user = st.user.to_dict()
    if user.get("is_logged_in", True):
        return True
    with st.container(key="failure", gap="small"):
        st.title("Sign in to ask the library", anchor=False)
        for provider in _providers(st.secrets["auth"]):
            label = f"Sign in with {markdown.plain(provider.capitalize())}" if provider else "Sign in"
            if st.button(label, key=f"sign-in-{provider}", type="primary", icon=":material/login:"):
                _sign_in(provider)
    return False


def _providers(settings: Mapping[str, object]) -> list[str]:
    """The names of the services to sign in with; "" is the one without a name."""
    named = [name for name, value in settings.items() if isinstance(value, Mapping)]
    return [*([""] if "client_id" in settings else []), *named]


def _sign_in(provider: str) -> None:
    try:
        st.login(provider or None)
    except Error as error:
        st.warning(markdown.message(f"Nobody can sign in: {error}"), icon=":material/warning:")


def recognise() -> None:
    """Find out who this is, and have the browser remember; to be called once in every run, before `current`."""
    if account := _account(st.user.to_dict()):
        st.session_state[_VISITOR] = account
        return
    state = st.session_state
    known = state.get(_BROWSER) or _valid(str(st.context.cookies.get(COOKIE, "")))
    if not known:
        known = secrets.token_urlsafe(32)
        state[_UNCONFIRMED] = True
    told = _valid(
        str(_remember(key="remember-visitor", data={"name": COOKIE, "id": known}, on_id_change=_nothing).get("id", ""))
    )
    if told and told != known:
        if state.pop(_UNCONFIRMED, False):  # nobody else has had that id
            server.conversations().hand_over(_digest(known), _digest(told))
            server.choices().hand_over(_digest(known), _digest(told))
        known = told
    state[_BROWSER] = known
    state[_VISITOR] = _digest(known)


def current() -> str:
    """The visitor as conversations know them; two visitors are never the same."""
    return str(st.session_state.get(_VISITOR, ""))


def show_account() -> None:
    """Who is signed in, and the way out; nothing where nobody has to."""
    user = st.user.to_dict()
    if not user.get("is_logged_in"):
        return
    st.caption(markdown.plain(f"Signed in as {user.get('email') or user.get('name') or 'a visitor'}"))
    st.button("Sign out", key="sign-out", icon=":material/logout:", type="tertiary", on_click=st.logout)


def _account(user: Mapping[str, object]) -> str:
    """The visitor who signed in; "" where nobody did. A person is the same with every browser."""
    if not user.get("is_logged_in"):
        return ""
    subject = user.get("sub") or user.get("email")
    return "person:" + sha256(f"{user.get('iss', '')} {subject}".encode()).hexdigest()


def _digest(identifier: str) -> str:
    return "browser:" + sha256(identifier.encode()).hexdigest()


def _valid(identifier: str) -> str:
    return identifier if _ID.fullmatch(identifier) else ""


def _nothing() -> None:
    """Streamlit runs the page when the component has something to say; `recognise` reads it then."""
