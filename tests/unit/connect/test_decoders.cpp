// The promises of every decoder, for any form of its messages: a row is that of its message alone, wherever
// the message came from and whatever messages are beside it.
#include <random>

#include "core/connect/avro/avro_decoder.h"
#include "core/connect/csv/decoder.h"
#include "core/connect/files/byte_buffer.h"
#include "core/connect/files/file_source.h"
#include "core/connect/files/framed_format.h"
#include "core/connect/messages/text_decoder.h"
#include "core/connect/ndjson/decoder.h"
#include "tests/support/random_cases.h"
#include "tests/unit/connect/fixtures/rows_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Columns in front of, between and behind those of the messages.
DecoderOptions optionsFor(const std::vector<std::pair<std::string, std::string>>& inMessages) {
    std::vector<std::pair<std::string, std::string>> columns{{"key", "STRING"}};
    columns.insert(columns.end(), inMessages.begin(), inMessages.end());
    columns.insert(columns.begin() + 2, {"offset", "BIGINT"});
    columns.emplace_back("arrived", "TIMESTAMP(3)");
    DecoderOptions options;
    options.schema = std::make_shared<const Schema>(schemaOf(columns));
    options.arrival = static_cast<int>(columns.size()) - 1;
    options.byTransport.assign(columns.size(), false);
    options.byTransport[0] = options.byTransport[2] = true;
    options.batchRows = 3;
    return options;
}

struct Format {
    const char* name;
    DecoderOptions options;
    std::function<std::unique_ptr<Decoder>(const DecoderOptions&)> make;
    std::vector<std::string> pieces;  ///< of which messages are made up; the first is one
};

std::vector<Format> formats() {
    const std::vector<std::pair<std::string, std::string>> two{{"id", "INT"}, {"note", "STRING"}};
    std::vector<Format> all;
    all.push_back({"json",
                   optionsFor(two),
                   [](const DecoderOptions& options) {
                       return std::make_unique<JsonDecoder>(JsonDecoderOptions{
                           options, {sql::JsonPath::toField("id"), sql::JsonPath::toField("note")}});
                   },
                   {"{\"id\":7,\"note\":\"x\"}", "{", "}", "\"id\":1",
                    "\"note\":\"a longer text than twelve\"", ",", "\"", "[", "\\", "\n"}});
    all.push_back({"csv",
                   optionsFor(two),
                   [](const DecoderOptions& options) {
                       return std::make_unique<CsvDecoder>(CsvParserOptions{options});
                   },
                   {"1,x", ",", "\"", "a longer text than twelve", "\"a,b\"", "\"\"", "\n", "\r", "1"}});
    all.push_back({"text",
                   optionsFor({{"line", "STRING"}}),
                   [](const DecoderOptions& options) { return std::make_unique<TextDecoder>(options); },
                   {"a", "a longer text than twelve", "\n", "{", "\""}});
    all.push_back(
        {"avro",
         optionsFor(two),
         [](const DecoderOptions& options) {
             AvroDecoderOptions avro{options, {sql::JsonPath::toField("id"), sql::JsonPath::toField("note")}};
             avro.given = std::make_shared<const AvroSchema>(*AvroSchema::parse(
                 R"({"type":"record","name":"r","fields":[{"name":"other","type":"boolean"},)"
                 R"({"name":"note","type":"string"},{"name":"id","type":["null","int"]}]})"));
             return std::make_unique<AvroDecoder>(std::move(avro));
         },
         // a truth value, a text, a number of one of two branches
         {"\x01\x02x\x02\x0e", "\x01", "\x02", "\x02x", "\x32", "a longer text than twelve", "\x80"}});
    return all;
}

/// Messages one behind another, and their transport's columns.
MessageBlock blockOf(const std::vector<std::string>& messages, std::int64_t offset) {
    std::size_t bytes = 0;
    for (const std::string& message : messages) bytes += message.size();
    const auto buffer = std::make_shared<ByteBuffer>(bytes);
    MessageBlock block;
    block.owner = BytesRef(buffer, buffer->capacity());
    block.arrived = 1'700'000'000'000;
    ColumnBuilder keys(Type::of(TypeId::String)), offsets(Type::of(TypeId::Bigint));
    char* at = buffer->data();
    for (const std::string& message : messages) {
        std::copy(message.begin(), message.end(), at);
        block.messages.emplace_back(at, message.size());
        at += message.size();
        keys.appendString("the key of message " + std::to_string(offset));
        offsets.append(offset++);
    }
    block.transport = {{0, keys.finish()}, {2, offsets.finish()}};
    return block;
}

std::vector<std::string> rowsOf(const Decoder& decoder, const std::vector<std::string>& messages,
                                std::int64_t offset = 0) {
    ParsedChunk chunk;
    {
        const MessageBlock block = blockOf(messages, offset);
        chunk = decoder.decode(block);
    }
    std::map<std::int64_t, std::string> rows;
    collect(chunk, rows, 0);
    for (const Batch& batch : chunk.batches) {
        if (batch.rows == 0 || batch.rows > decoder.options().batchRows) rows.clear();
    }
    std::vector<std::string> lines;
    for (auto& [message, line] : rows) lines.push_back(std::move(line));
    if (chunk.rowsRead != messages.size() || lines.size() != messages.size())
        lines.assign(1, fmt::format("{} rows and {} lines of {} messages", chunk.rowsRead, lines.size(),
                                    messages.size()));
    return lines;
}

std::string madeUp(std::mt19937& random, const std::vector<std::string>& pieces) {
    static const std::vector<std::string> kNasty{std::string(1, '\0'), "\xff", "\xe4\xbd", " ", "\t", "é"};
    if (random() % 4 == 0) return pieces.front();
    std::string message;
    for (std::size_t i = random() % 8; i > 0; --i)
        message += random() % 12 == 0 ? kNasty[random() % kNasty.size()] : pieces[random() % pieces.size()];
    return message;
}

}  // namespace

class TestDecoders : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyColumnInItsPlace() {
        const std::vector<std::string> json{R"({"note":"b","id":7})", "no", R"({"id":8})"};
        const std::vector<std::string> csv{"7,b", "no,b", "8,\n"};
        const auto at = [](const char* id, const char* note, int offset) {
            return fmt::format("\"the key of message {}\"|{}|{}|{}|2023-11-14 22:13:20.000", offset, id,
                               offset, note);
        };
        for (const Format& format : formats()) {
            const auto decoder = format.make(format.options);
            const std::string name = format.name;
            if (name == "text") {
                const std::vector<std::string> lines = rowsOf(*decoder, {"a, \"b\"", "", "\xff"}, 5);
                QCOMPARE(lines[0],
                         std::string("\"the key of message 5\"|\"a, \"b\"\"|5|2023-11-14 22:13:20.000"));
                QCOMPARE(lines[1], std::string("\"the key of message 6\"|\"\"|6|2023-11-14 22:13:20.000"));
                QVERIFY2(lines[2].starts_with("!The row is not UTF-8 from byte 1 on."), lines[2].c_str());
                continue;
            }
            if (name == "avro") {
                const std::vector<std::string> lines =
                    rowsOf(*decoder, {"\x01\x02x\x02\x0e", "\x01", std::string("\x01\x02y\0", 4)}, 5);
                QCOMPARE(lines[0], at("7", "\"x\"", 5));
                QVERIFY2(lines[1].starts_with("!The message is no record of the schema"), lines[1].c_str());
                QCOMPARE(lines[2], at("NULL", "\"y\"", 7));
                continue;
            }
            const std::vector<std::string> lines = rowsOf(*decoder, name == "json" ? json : csv, 5);
            QCOMPARE(lines.size(), std::size_t{3});
            QCOMPARE(lines[0], at("7", "\"b\"", 5));
            QVERIFY2(lines[1].starts_with("!"), lines[1].c_str());
            QCOMPARE(lines[2], at("8", "NULL", 7));
        }
    }

    void csvMessagesAreOneRowEach() {
        const auto decoder = formats()[1].make(formats()[1].options);
        const std::vector<std::string> lines =
            rowsOf(*decoder, {"1,\"open", "2,close\"", "3,a\n4,b", "", "5,\"a\nb\"", "6", "\r\n"});
        const std::vector<std::string> starts{"!A quote is opened in the message and not closed.",
                                              "\"the key of message 1\"|2|1|\"close\"\"|",
                                              "!The message holds more than one row.",
                                              "!Fields: 0 instead of 2.",
                                              "\"the key of message 4\"|5|4|\"a\nb\"|",
                                              "!Fields: 1 instead of 2.",
                                              "!Fields: 0 instead of 2."};
        QCOMPARE(lines.size(), starts.size());
        for (std::size_t i = 0; i < starts.size(); ++i)
            QVERIFY2(lines[i].starts_with(starts[i]), lines[i].c_str());
    }

    /// Also where all of it is garbage.
    void aMessageKnowsNothingOfOthers() {
        for (const Format& format : formats()) {
            const auto decoder = format.make(format.options);
            std::size_t good = 0, bad = 0;
            for (const std::uint32_t seed : seedsOf(suites::Decoders)) {
                std::mt19937 random(seed);
                std::vector<std::string> messages(random() % 12);
                for (std::string& message : messages) message = madeUp(random, format.pieces);
                const std::vector<std::string> together = rowsOf(*decoder, messages);
                for (std::size_t i = 0; i < messages.size(); ++i) {
                    const std::vector<std::string> alone =
                        rowsOf(*decoder, {messages[i]}, static_cast<std::int64_t>(i));
                    QVERIFY2(together.size() == messages.size() && alone.front() == together[i],
                             fmt::format("{}, seed {}, message {}: “{}” is\n{}\nalone, and among others\n{}",
                                         format.name, seed, i, messages[i], alone.front(),
                                         together[std::min(i, together.size() - 1)])
                                 .c_str());
                    ++(alone.front().starts_with("!") ? bad : good);
                }
            }
            QVERIFY2(good > 20 && bad > 20, fmt::format("{}: {} and {}", format.name, good, bad).c_str());
        }
    }

    void whatNobodyWantsIsChecked() {
        for (const Format& format : formats()) {
            DecoderOptions options = format.options;
            options.wanted.assign(options.schema->size(), false);
            const auto decoder = format.make(options);
            std::mt19937 random(1);
            for (int i = 0; i < 300; ++i) {
                const std::string message = madeUp(random, format.pieces);
                const std::string all = rowsOf(*format.make(format.options), {message}).front();
                const std::string none = rowsOf(*decoder, {message}).front();
                if (all.starts_with("!")) QCOMPARE(none, all);
                if (!all.starts_with("!")) QVERIFY2(none.starts_with("-|-"), none.c_str());
            }
        }
    }

    /// The lines of a file are messages, too, but for those that stand for none.
    void anyDecoderReadsLines() {
        for (const Format& format : formats()) {
            DecoderOptions options = format.options;
            options.byTransport = {};
            std::vector<Field> fields = options.schema->fields;
            fields.erase(fields.begin() + 2);
            fields.erase(fields.begin());
            options.schema = std::make_shared<const Schema>(Schema{fields});
            options.arrival -= 2;
            for (const std::uint32_t seed : seedsOf(suites::Decoders)) {
                if (seed % 16 != 0) continue;
                std::mt19937 random(seed);
                std::string content;
                std::vector<std::string> messages(1 + random() % 12);
                const auto decoder = format.make(options);
                for (std::string& message : messages) {
                    do message = madeUp(random, format.pieces);
                    while (message.find_first_of("\r\n") != std::string::npos ||
                           decoder->isNoMessage(message));
                    content += message + (random() % 2 == 0 ? "\n" : "\r\n");
                    if (decoder->isNoMessage({}) && random() % 3 == 0) content += "\n";
                }
                FileSourceOptions files;
                files.files.path = m_folder.write("lines", content);
                files.files.blockSize = 1 + random() % 64;
                files.clock = std::make_shared<StandingClock>();
                FileSource source(files, linesOf(format.make(options)));
                QVERIFY(source.open().ok());
                const GivenRows given = drain(source);
                MessageBlock block = blockOf(messages, 0);
                block.transport.clear();
                std::map<std::int64_t, std::string> rows;
                collect(decoder->decode(block), rows, 0);
                std::vector<std::string> expected;
                for (const auto& [message, line] : rows) expected.push_back(line);
                QVERIFY2(given.lines == expected, fmt::format("{}, seed {}: {} and not {}", format.name, seed,
                                                              given.text(), fmt::join(expected, "\n"))
                                                      .c_str());
            }
        }
    }

 private:
    Folder m_folder;
};

QTEST_APPLESS_MAIN(TestDecoders)
#include "test_decoders.moc"
