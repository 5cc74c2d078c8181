#include "tests/support/message_node.h"

#include <array>

#include "core/connect/avro/avro_bytes.h"
#include "core/connect/formats/message_decoder.h"
#include "core/nodes/format_params.h"
#include "core/nodes/source_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/noon.h"

namespace rw::test {

namespace {

constexpr int kMessages = 5'200;
constexpr std::size_t kPieceOfMessages = 11;
constexpr std::int64_t kFirstOffset = 100;

constexpr const char* kSchemaOfMessages = R"({"type":"record","name":"reading","fields":[
    {"name":"a","type":["null","int","string"]},
    {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}}]})";

std::string timeOf(int row) {
    return fmt::format("2024-01-01 00:00:{:02}", row % 60);
}

std::string jsonRow(int row) {
    const bool wrong = row % 10 == 3, null = row % 10 == 4;
    return fmt::format(R"({{"ts":"{}","a":{}}})", timeOf(row),
                       null    ? "null"
                       : wrong ? "\"no number\""
                               : std::to_string(row));
}

std::string avroRow(int row) {
    const bool wrong = row % 10 == 3, null = row % 10 == 4;
    std::string out;
    appendAvroLong(out, null ? 0 : wrong ? 2 : 1);  // the branch of the union
    if (wrong) {
        appendAvroString(out, "no number");
    } else if (!null) {
        appendAvroLong(out, row);
    }
    appendAvroLong(out, kNoon + row * 1'000);
    return out;
}

/// Every third event changes the row before, every ninth takes it away.
std::string eventOf(int row) {
    if (row % 9 == 8) return R"({"before":)" + jsonRow(row - 1) + R"(,"after":null,"op":"d"})";
    if (row % 3 == 2)
        return fmt::format(R"({{"payload":{{"before":{},"after":{},"op":"u"}},"schema":{{}}}})",
                           jsonRow(row - 1), jsonRow(row));
    return R"({"before":null,"after":)" + jsonRow(row) + R"(,"op":"c"})";
}

std::string valueOf(const std::string& format, int row) {
    if (format == "csv")
        return fmt::format("{},{}",
                           row % 10 == 3   ? "no number"
                           : row % 10 == 4 ? std::string()
                                           : std::to_string(row),
                           timeOf(row));
    if (format == "text") return row % 10 == 3 ? "no UTF-8: \xff" : fmt::format("line {}", row);
    if (format == "avro") return avroRow(row);
    return format == "debezium" ? eventOf(row) : jsonRow(row);
}

struct MessagesChunk : Chunk {
    ReceivedMessages messages{};
};

class BoundMessages final : public BoundSource {
 public:
    std::string name{};
    MessageFormat format{};
};

class MessagesInMemory final : public Source {
 public:
    MessagesInMemory(const BoundMessages& bound, const MakeContext& context)
        : m_clock(context.clock),
          m_wanted(wantedParts(bound.format)),
          m_messages(messagesOf(bound.name)),
          m_decoder(makeMessageDecoder(bound.format, decoderOptions(bound, context))) {
        setTiming(*this, bound);
    }

    Status open() override { return {}; }
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        Poll poll;
        if (m_next == m_messages.size()) {
            poll.kind = Poll::Kind::End;
            return poll;
        }
        auto piece = std::make_unique<MessagesChunk>();
        piece->arrived = m_clock->now();
        piece->messages = ReceivedMessages(m_wanted);
        for (; m_next < m_messages.size() && piece->messages.size() < kPieceOfMessages; ++m_next)
            add(piece->messages, m_messages[m_next]);
        chunk = std::move(piece);
        return poll;
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& piece = static_cast<const MessagesChunk&>(chunk);
        out = m_decoder->decode(piece.messages, piece.arrived);
        return {};
    }
    Status snapshot(StateWriter& out) const override {
        out.u64("next", m_next);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(m_next, state.u64("next"));
        return {};
    }

 private:
    void add(ReceivedMessages& to, const MemoryMessage& message) const {
        const std::array<MessageHeader, 2> headers{MessageHeader{"other", "1"},
                                                   MessageHeader{"trace", message.trace}};
        ReceivedMessage received;
        if (message.value) received.value = *message.value;
        if (message.key) received.key = *message.key;
        received.timestamp = kNoon + static_cast<Instant>(m_next);
        received.partition = 3;
        received.offset = kFirstOffset + static_cast<std::int64_t>(m_next);
        received.topic = "memory";
        received.headers = headers;
        to.add(received);
    }

    const std::shared_ptr<Clock> m_clock;
    const WantedParts m_wanted;
    const std::vector<MemoryMessage> m_messages;
    const std::unique_ptr<const MessageDecoder> m_decoder;
    std::uint64_t m_next = 0;
};

BoundNodeRef bindMessages(BindContext& context) {
    auto bound = std::make_shared<BoundMessages>();
    bound->name = context.text("format");
    auto format = bindFormat(context);
    if (!format) return nullptr;
    bindTiming(context, format->columns, *bound);
    bound->format = *std::move(format);
    if (context.failed()) return nullptr;
    applyFormat(bound->format, bound->outputs.front());
    bound->outputs.push_back(sourceRejectedStream());
    return bound;
}

Result<Made> makeMessages(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<MessagesInMemory>(static_cast<const BoundMessages&>(bound), context));
}

}  // namespace

std::vector<MemoryMessage> messagesOf(const std::string& format) {
    std::vector<MemoryMessage> all;
    for (int row = 0; row < kMessages; ++row) {
        MemoryMessage message{valueOf(format, row), fmt::format("key {}", row), fmt::format("trace {}", row)};
        if (row % 10 == 5) message.value.reset();
        if (row % 10 == 6) message.key.reset();
        all.push_back(std::move(message));
    }
    return all;
}

NodeKind messagesKind(const std::string& format) {
    NodeKind kind;
    kind.type = "reads_" + format;
    kind.name = RW_TEXT("test", "Messages");
    kind.group = NodeGroup::Source;
    kind.outputs = {{"out", {}}, rejectedPort()};
    for (ParamSpec& spec : formatParams()) {
        if (spec.name == "format") {
            std::erase_if(spec.choices, [&](const Choice& choice) { return choice.value != format; });
            spec.defaultValue = format;
        }
        if (spec.name == "schema") spec.defaultValue = kSchemaOfMessages;
        if (spec.name == "columns" && format == "text") {
            spec.required = false;
            spec.defaultValue = Json::array({"line STRING"});
        }
        kind.params.push_back(std::move(spec));
    }
    for (ParamSpec& spec : timingParams()) kind.params.push_back(std::move(spec));
    kind.params.push_back(onErrorParam());
    kind.bind = bindMessages;
    kind.make = makeMessages;
    return kind;
}

}  // namespace rw::test
