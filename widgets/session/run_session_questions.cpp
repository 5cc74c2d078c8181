// The answers to the questions before a start: what it may touch, and secrets that nothing holds.
#include <algorithm>
#include <utility>

#include "core/secrets/typed_secrets.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

// The request is not wanted any more.
void RunSession::dropCheck() {
    ++m_check;
    m_choice = {};  // its checkpoint may be large
    m_awaitingConsent = m_declined = false;
    m_untyped = {};
    m_before = {};
    if (std::exchange(m_atRest, false)) setState(State::Stopped);
}

void RunSession::proceed() {
    if (!std::exchange(m_awaitingConsent, false)) return;
    tellState();
    // Edits meanwhile were not agreed to. What was agreed to before secrets were typed still is.
    if (m_checked.version != m_document.version()) return check();
    check(m_checked.request.empty() ? m_checked.agreed : m_checked.request);
}

void RunSession::decline() {
    if (!std::exchange(m_awaitingConsent, false)) return;
    ++m_check;
    m_declined = true;
    if (m_checked.request.empty() && !m_checked.unheld.empty()) {
        m_untyped = nameOf(m_checked.unheld.front());
        withdrawConsent();
    }
    m_before = {};
    Q_EMIT declined();
    if (std::exchange(m_atRest, false)) m_state = State::Stopped;
    tellState();
    compare();
}

// A consent is for the run that was asked about, which does not begin.
void RunSession::withdrawConsent() {
    m_checks.abandon();
    m_checks.start([consents = m_consent->consents(), subject = m_checked.subject,
                    accesses = m_checked.reached.accesses] { consents.withdraw(subject, accesses); });
}

// A secret that was typed wrong would fail each run until the program ends: the next start asks for it again.
void RunSession::forgetRefused(const Status& failure, const CheckedStart& of) {
    if (failure.ok() || failure.error().code != ErrorCode::Denied) return;
    const NodeId& node = failure.error().node;
    for (const NeededSecret& each : of.needed) {
        const bool used =
            node.empty() || std::any_of(each.uses.begin(), each.uses.end(),
                                        [&node](const NeededSecret::Use& use) { return use.node == node; });
        if (used) typedSecrets().forget(each.where);
    }
}

}  // namespace rw::ui
