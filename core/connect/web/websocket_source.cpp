#include "core/connect/web/websocket_source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/connect/web/http_place.h"
#include "core/connect/web/websocket_link.h"

namespace rw {

namespace {

constexpr Millis kLeastSocketWait = 5;  // the world outside does not go by a simulated clock
constexpr Millis kFirstSocketPause = 500, kLongestSocketPause = 60'000;
constexpr Millis kSocketPortPatience = 3'000;
constexpr Millis kFullWait = 50;
constexpr std::size_t kItemsAtOnce = 65'536;

class WebsocketReader final : public JournalReader {
 public:
    WebsocketReader(const JournalReading& reading, std::optional<NodeConnection> connection,
                    WebsocketReading about, std::shared_ptr<const Connections> secrets,
                    std::shared_ptr<Clock> clock)
        : JournalReader(reading),
          m_connection(std::move(connection)),
          m_about(std::move(about)),
          m_secrets(std::move(secrets)),
          m_clock(std::move(clock)) {}

 private:
    Result<Read> receive(Millis within, ReadOutput& out) override {
        const Millis wait = std::max(within, kLeastSocketWait);
        if (!m_link) {
            const std::int64_t left = m_nextAt - m_patience->steadyMillis();
            if (left > 0) {
                m_patience->sleep(std::min(wait, left));
                return Read::Some;
            }
            const Status opened = open();
            if (!opened.ok()) return cutOff(opened, out);
        }
        if (journal().isFull()) {
            m_patience->sleep(std::min(wait, kFullWait));
            return Read::Some;
        }
        Result<WebsocketLink::Served> served = m_link->serve(wait);
        if (!served.ok()) return cutOff(served.status(), out);
        RW_TRY(add(served->messages, out));
        if (!served->isOpen && !m_about.listens) return Read::Some;
        m_wasOpen = true;
        if (!served->messages.empty()) m_pause = 0;
        if (std::exchange(m_cutSince, -1) >= 0) out.tell(PartitionState::Live);
        m_toldCut.clear();
        return served->messages.empty() ? Read::Nothing : Read::Some;
    }

    Status open() {
        WebsocketOptions options;
        options.first = m_about.first;
        options.path = httpPath(m_about.path);
        options.listens = m_about.listens;
        if (m_connection) {
            RW_TRY_ASSIGN(options.server, httpServer(*m_connection));
        } else if (!m_about.listens) {
            options.server.address = m_about.url;
            options.path.clear();
        }
        if (m_about.token.kind != SecretRef::Kind::None) {
            RW_TRY_ASSIGN(options.token,
                          m_secrets ? m_secrets->secretAt(m_about.token) : environmentSecret(m_about.token));
            if (options.token.empty()) {
                return {ErrorCode::Denied,
                        RW_TEXT("websocket", "The token that clients have to show is empty."),
                        RW_TEXT("websocket", "Give one that nobody can guess.")};
            }
        }
        if (m_firstTryAt < 0) m_firstTryAt = m_patience->steadyMillis();
        RW_TRY_ASSIGN(m_link, WebsocketLink::open(std::move(options)));
        return {};
    }

    Status add(const std::vector<std::string>& messages, ReadOutput& out) {
        std::vector<ReceivedMessage> received;
        std::size_t lost = 0;
        bool isKept = false;
        Status added;
        const auto keep = [&] {
            if (received.empty()) return;
            const Status kept = journal().append(received, m_clock->now());
            isKept = isKept || kept.ok();
            if (!kept.ok()) {
                lost += received.size();
                added = kept;
            }
            received.clear();
        };
        for (const std::string& message : messages) {
            const bool found = eachItem(m_about.items, message, [&](std::string_view item) {
                received.emplace_back().value = item;
                if (received.size() >= kItemsAtOnce) keep();
            });
            // Set aside by whoever reads it: it is nothing to be split.
            if (!found) received.emplace_back().value = message;
        }
        keep();
        if (added.ok()) {
            if (isKept && std::exchange(m_isFull, false)) out.tell(PartitionState::Live);
            return {};
        }
        // Who sent them does not send them again.
        journal().figures().lost += lost;
        if (std::exchange(m_isFull, true)) return {};
        out.tell(PartitionState::Disconnected, added.error().message);
        out.note(RW_TEXT("websocket", "Messages are lost, for they can't be kept: %1")
                     .with(added.error().message));
        return {};
    }

    Result<Read> cutOff(const Status& why, ReadOutput& out) {
        m_link.reset();
        const ErrorCode code = why.error().code;
        const std::int64_t now = m_patience->steadyMillis();
        const bool portMayBeFree = code == ErrorCode::Locked && now - m_firstTryAt < kSocketPortPatience;
        const bool wasGood = m_wasOpen && (code == ErrorCode::NotFound || code == ErrorCode::Refused);
        if (code != ErrorCode::Io && !portMayBeFree && !wasGood) return why;
        if (m_about.giveUpAfter && m_cutSince >= 0 && now - m_cutSince >= *m_about.giveUpAfter) return why;
        m_pause = std::clamp(m_pause * 2, kFirstSocketPause, kLongestSocketPause);
        m_nextAt = now + m_pause;
        if (m_cutSince < 0) m_cutSince = now;
        out.tell(PartitionState::Disconnected, RW_TEXT("websocket", "%1 It is tried again after %2.")
                                                   .with(why.error().message, durationText(m_pause)));
        const std::string said = english(why.error().message);
        if (std::exchange(m_toldCut, said) != said)
            out.note(
                RW_TEXT("websocket", "%1 What is sent until it is back is lost.").with(why.error().message));
        return Read::Some;
    }

    const std::optional<NodeConnection> m_connection;
    const WebsocketReading m_about;
    const std::shared_ptr<const Connections> m_secrets;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<Clock> m_patience = systemClock();
    std::unique_ptr<WebsocketLink> m_link{};
    bool m_wasOpen = false, m_isFull = false;
    Millis m_pause = 0;
    std::int64_t m_nextAt = 0, m_firstTryAt = -1, m_cutSince = -1;  ///< steady milliseconds
    std::string m_toldCut{};
};

}  // namespace

WebsocketSource::WebsocketSource(const MakeContext& context, std::optional<NodeConnection> connection,
                                 const WebsocketReading& reading, JournalledOptions options)
    : JournalledSource(context, std::move(options)),
      m_connection(std::move(connection)),
      m_reading(reading),
      m_secrets(context.connections),
      m_clock(context.clock) {}

Result<std::shared_ptr<JournalReader>> WebsocketSource::makeJournalReader(JournalReading reading) {
    return std::shared_ptr<JournalReader>(
        std::make_shared<WebsocketReader>(reading, m_connection, m_reading, m_secrets, m_clock));
}

}  // namespace rw
