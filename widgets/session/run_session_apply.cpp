// Edits of a pipeline that runs, as a RunSession applies them.
#include <utility>

#include "widgets/session/remote_run.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

bool RunSession::keepsStateWhenApplied() const {
    return (m_state == State::Running || m_state == State::Paused) && m_checkpoints;
}

void RunSession::apply() {
    if (!isOwnActive() || m_atRest || m_awaitingConsent) return;
    if (!keepsStateWhenApplied()) return applyAnew();
    if (!m_receipt) return weigh();
    if (m_receipt->possible() && !m_weighing.isWaiting()) handOver(*std::exchange(m_receipt, std::nullopt));
}

void RunSession::applyAnew() {
    if (!isOwnActive() || m_atRest || m_awaitingConsent) return;
    dropReceipt();
    begin({});
}

// The answer is for the document as it is when it comes: an edit meanwhile asks anew.
void RunSession::weigh() {
    const auto work = [run = *m_checkpoints, edited = startRequest()] { return weighApply(run, edited); };
    m_weighing.ask(work, [this](ApplyReceipt receipt) {
        if (!keepsStateWhenApplied()) return dropReceipt();
        if (receipt.plain() && !m_receipt) return handOver(receipt);
        m_receipt = std::move(receipt);
        Q_EMIT receiptChanged();
    });
}

void RunSession::handOver(const ApplyReceipt& receipt) {
    m_receipt.reset();
    Q_EMIT receiptChanged();
    begin(handOverWish(*m_checkpoints, receipt.now.text), m_state == State::Paused);
}

void RunSession::dropReceipt() {
    m_weighing.drop();
    if (!m_receipt) return;
    m_receipt.reset();
    Q_EMIT receiptChanged();
}

RunUnderWay RunSession::leaveRun() {
    RunUnderWay before;
    before.checkpoints = *m_checkpoints;
    before.request = startRequest();
    before.request.pipeline = *m_replaced;
    before.request.alerts = alertRequest();
    before.request.keptSilences = !m_board;
    if (m_consent != nullptr) before.permission = Permission{m_consent->consents(), m_ranAs};
    before.run = std::move(m_run);
    before.run->stop(StopMode::Now);
    return before;
}

}  // namespace rw::ui
