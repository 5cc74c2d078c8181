// Rows as the bodies of requests to a service.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/formats/message_encoder.h"
#include "core/connect/web/http_sender.h"
#include "core/stream/sink.h"

namespace rw {

/// Where and how a sink sends; shared by its instances.
struct HttpTarget {
    std::string connection{};
    std::string path{};
    HttpMethod method = HttpMethod::Post;
    std::vector<HttpHeader> headers{};
    std::size_t batch = 100;  ///< rows of a request, at most
    enum class Body {
        Array,  ///< of JSON
        Lines,  ///< a message a line
        Each,   ///< a message alone
        Events  ///< an array of the events of Flume, each with its headers and a message as its text
    } body = Body::Array;
    /// Events: their headers.
    struct EventHeaders {
        std::vector<std::pair<std::string, std::string>> fixed{};
        std::vector<int> columns{};  ///< named as the column, of which the text is the value; NULL: left out
        int timestamp = -1;          ///< the column of the header “timestamp”, in milliseconds; -1: none
    } event{};
    EncoderOptions encoder{};
    Millis giveUpAfter = 60'000;
};

/// Every row was answered when onBatch() returns: at a barrier nothing is on its way. So rows behind the last
/// checkpoint come again after a failure, and none is lost. Requests have a key by which a service can tell
/// that it has one already: the same after a failure, as long as the rows come in the same batches.
class HttpSink final : public Sink {
 public:
    /// The context is that of the call that makes the sink.
    HttpSink(const HttpTarget& target, const MakeContext& context, NodeConnection connection);
    ~HttpSink() override;

    bool blocking() const override { return true; }
    bool isTransactional() const override { return m_inEpochs; }
    Status open() override;
    Status onBatch(const Batch& batch) override;
    std::vector<Unwritable> takeUnwritable() override { return std::exchange(m_unwritable, {}); }
    Status prepare(Epoch epoch) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::optional<SinkStanding> standing() const override { return m_sender.standing(); }
    std::vector<Text> takeNotes() override { return m_sender.takeNotes(); }

 private:
    /// The messages from `from` to before `until`, in one request or, where that is refused, in several.
    Status send(const Batch& batch, std::size_t from, std::size_t until);
    std::string bodyOf(std::size_t from, std::size_t until) const;
    std::string keyOf(const std::string& body);
    void leaveOut(const Batch& batch, std::size_t row, const Text& reason);
    std::string eventOf(const Batch& batch, std::size_t message) const;

    const HttpTarget& m_target;
    const bool m_inEpochs;
    const std::string m_line;  ///< names the run, and those that resume it
    const std::unique_ptr<const MessageEncoder> m_encoder;
    HttpSender m_sender;
    EncodedMessages m_messages{};
    std::vector<std::string> m_events{};  ///< HttpTarget::Body::Events: one for each message
    std::vector<Unwritable> m_unwritable{};
    Epoch m_prepared = 0;
    std::uint64_t m_requests = 0;  ///< since then
};

}  // namespace rw
