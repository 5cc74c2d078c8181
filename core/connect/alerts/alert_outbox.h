// Tells others of alerts: by webhooks, mails and the desktop, each with its own queue, on a thread of its
// own, so that no row waits for any of them.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/connect/alerts/alert_words.h"
#include "core/connect/alerts/desktop_notifier.h"
#include "core/connect/connections/connections.h"
#include "core/stream/alerts/alert_board.h"

namespace rw {

struct AlertOutboxOptions {
    std::string pipeline{};  ///< its name, for those who are told
    std::string ledger{};    ///< file of what was delivered; empty: none
    std::shared_ptr<const Connections> connections{};
    /// Called on the thread of the outbox, when the first notification is to be shown.
    std::function<std::unique_ptr<DesktopNotifier>()> desktop = makeDesktopNotifier;
    AlertSpeaker say{};  ///< empty: english()
    Millis firstPause = 2'000;
    Millis longestPause = 600'000;
    /// Of one letter, while time may mend what keeps it. With the pauses about two hours: what an alert is
    /// about often keeps the target away, too, and five tries would be over after half a minute.
    int tries = 20;
    Millis desktopEvery = 60'000;  ///< what comes meanwhile is summed up in the next one
};

/// A letter that fails in a way that time may mend is tried again, after a pause that doubles, and the others
/// to the same target wait behind it. One that is refused for good is given up; where that is the sign-in,
/// the others wait as well. Each is carried at least once, unless it is given up, and once where the target
/// answers; so the target knows it by a name (Idempotency-Key, Message-ID).
class AlertOutbox final : public AlertCarrier {
 public:
    /// Reads the ledger. `board` hears of the deliveries as long as it is there.
    AlertOutbox(AlertOutboxOptions options, std::weak_ptr<AlertBoard> board);
    /// Whoever has not called finish() gives up what is under way.
    ~AlertOutbox() override;

    void carry(AlertLetter letter) override;
    void finish(Millis within) override;

 private:
    class Worker;
    std::shared_ptr<Worker>
        m_worker;  ///< its thread has it, too: a keyring may keep that waiting for its user
};

}  // namespace rw
