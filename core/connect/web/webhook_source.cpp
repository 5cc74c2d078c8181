#include "core/connect/web/webhook_source.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/ascii.h"
#include "core/connect/web/webhook_server.h"

namespace rw {

namespace {

constexpr Millis kLeastRequestWait = 5;  // the world outside does not go by a simulated clock
/// So long a port may still be another's when it begins: that of a run that has just ended.
constexpr Millis kPortPatience = 3'000, kPortPause = 100;
/// Bytes of its journal from which on nothing is taken: nobody reads it, or no checkpoint comes.
constexpr std::uint64_t kLongestJournal = std::uint64_t{4} << 30;
/// Bytes that one request may become there: each message of a body that is split has the headers, too.
constexpr std::size_t kMostOfARequest = std::size_t{64} << 20;
constexpr std::size_t kRoughMessage = 64;  ///< bytes of a message without a value

/// Adds requests to the journal, on the thread of the server. Outlives neither: the server is let go first.
class WebhookInbox {
 public:
    WebhookInbox(std::shared_ptr<Journal> journal, HttpItems items, std::string path,
                 std::vector<std::string> wantedHeaders, std::shared_ptr<Clock> clock)
        : m_journal(std::move(journal)),
          m_items(std::move(items)),
          m_path(std::move(path)),
          m_wantedHeaders(std::move(wantedHeaders)),
          m_clock(std::move(clock)) {}

    WebhookVerdict take(WebhookRequest& request) {
        const bool isLong = m_journal->isOnDisk() && m_journal->figures().bytes >= kLongestJournal;
        if (isLong || m_journal->isFull()) return WebhookVerdict::NotNow;
        const std::vector<MessageHeader> headers = headersOf(request);
        std::size_t each = kRoughMessage + m_path.size(), all = 0;
        for (const MessageHeader& header : headers)
            each += header.name.size() + header.value.value_or("").size();
        std::vector<ReceivedMessage> messages;
        const bool found = eachItem(m_items, request.body, [&](std::string_view item) {
            all += each + item.size();
            if (all > kMostOfARequest) return;
            ReceivedMessage& message = messages.emplace_back();
            message.value = item;
            message.topic = m_path;
            message.headers = headers;
        });
        if (!found) return WebhookVerdict::Malformed;
        if (all > kMostOfARequest) return WebhookVerdict::TooLarge;
        const Status added = messages.empty() ? Status() : m_journal->append(messages, m_clock->now());
        const std::lock_guard lock(m_mutex);
        m_changed = m_changed || added.ok() != m_trouble.ok();
        m_trouble = added;
        return added.ok() ? WebhookVerdict::Taken : WebhookVerdict::NotNow;
    }

    /// How it stands, where that has changed since the last call.
    std::optional<Status> takeChange() {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_changed, false)) return std::nullopt;
        return m_trouble;
    }

 private:
    /// By the names that columns have for them: upper and lower case are the same in HTTP. Of a body that is
    /// split those that columns read, for each of its messages keeps them.
    std::vector<MessageHeader> headersOf(const WebhookRequest& request) const {
        std::vector<MessageHeader> headers;
        for (const auto& [name, value] : request.headers) {
            const auto wanted =
                std::find_if(m_wantedHeaders.begin(), m_wantedHeaders.end(),
                             [&name = name](const std::string& each) { return sameAsciiWord(each, name); });
            if (m_items.kind != HttpItems::Kind::Whole && wanted == m_wantedHeaders.end()) continue;
            headers.push_back(
                {wanted != m_wantedHeaders.end() ? std::string_view(*wanted) : std::string_view(name),
                 value});
        }
        return headers;
    }

    const std::shared_ptr<Journal> m_journal;
    const HttpItems m_items;
    const std::string m_path;
    const std::vector<std::string> m_wantedHeaders;
    const std::shared_ptr<Clock> m_clock;
    std::mutex m_mutex;
    Status m_trouble{};
    bool m_changed = false;
};

class WebhookReader final : public JournalReader {
 public:
    WebhookReader(JournalReading reading, const WebhookListening& listening,
                  std::shared_ptr<const Connections> secrets, const std::shared_ptr<Clock>& clock)
        : JournalReader(reading),
          m_listening(listening),
          m_secrets(std::move(secrets)),
          m_inbox(reading.journal, listening.items, listening.path, reading.wanted.headers, clock) {}

 private:
    Result<Read> receive(Millis within, ReadOutput& out) override {
        if (!m_server) {
            RW_TRY(listen(within));
            if (!m_server) return Read::Some;
        }
        (void)journal().await(std::max(within, kLeastRequestWait));
        if (const std::optional<Status> change = m_inbox.takeChange(); change) {
            if (change->ok()) {
                out.tell(PartitionState::Live);
            } else {
                out.tell(PartitionState::Disconnected, change->error().message);
                out.note(RW_TEXT("http", "Requests are answered 503 until they can be kept: %1")
                             .with(change->error().message));
            }
        }
        return Read::Nothing;
    }

    Status listen(Millis within) {
        WebhookOptions options;
        options.address = m_listening.address;
        options.path = m_listening.path;
        RW_TRY_ASSIGN(options.token, m_secrets ? m_secrets->secretAt(m_listening.token)
                                               : environmentSecret(m_listening.token));
        if (options.token.empty()) {
            return {ErrorCode::Denied, RW_TEXT("http", "The token of the webhook is empty."),
                    RW_TEXT("http", "Give one that nobody can guess.")};
        }
        Result<std::unique_ptr<WebhookServer>> started = WebhookServer::start(
            std::move(options), [this](WebhookRequest& request) { return m_inbox.take(request); });
        if (started.ok()) {
            m_server = std::move(started).value();
            return {};
        }
        const std::int64_t now = m_patience->steadyMillis();
        if (m_triedSince < 0) m_triedSince = now;
        if (started.error().code != ErrorCode::Locked || now - m_triedSince > kPortPatience)
            return started.status();
        m_patience->sleep(std::min(std::max(within, kLeastRequestWait), kPortPause));
        return {};
    }

    const WebhookListening m_listening;
    const std::shared_ptr<const Connections> m_secrets;
    const std::shared_ptr<Clock> m_patience = systemClock();
    std::int64_t m_triedSince = -1;
    WebhookInbox m_inbox;
    std::unique_ptr<WebhookServer> m_server{};  ///< the last member: it is let go first
};

}  // namespace

WebhookSource::WebhookSource(const MakeContext& context, const WebhookListening& listening,
                             JournalledOptions options)
    : JournalledSource(context, std::move(options)),
      m_listening(listening),
      m_secrets(context.connections),
      m_clock(context.clock) {}

Result<std::shared_ptr<JournalReader>> WebhookSource::makeJournalReader(JournalReading reading) {
    return std::shared_ptr<JournalReader>(
        std::make_shared<WebhookReader>(std::move(reading), m_listening, m_secrets, m_clock));
}

}  // namespace rw
