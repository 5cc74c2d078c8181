// Random texts, sound and broken: whether they are JSON, and their values, by two other readers of JSON.
#include <QtTest/QtTest>
#include <random>

#include "core/connect/files/byte_buffer.h"
#include "core/connect/ndjson/row_reader.h"
#include "core/pipeline/pipeline.h"
#include "core/sql/functions/json_scan.h"

using namespace rw;

namespace {

/// Tells nothing: whether the text is JSON is all that is asked.
class Unheard final : public sql::JsonEvents {
 public:
    void open(bool) override {}
    void close() override {}
    void key(const std::string&) override {}
    void scalar(std::string_view) override {}
    void null() override {}
};

bool isJsonObject(std::string_view text) {
    Unheard unheard;
    const std::size_t first = text.find_first_not_of(" \t\r");
    return first != std::string_view::npos && text[first] == '{' && sql::scanJson(text, 500, unheard);
}

/// Texts of JSON, made up.
class Maker {
 public:
    explicit Maker(unsigned seed) : m_random(seed) {}

    unsigned pick(unsigned below) { return static_cast<unsigned>(m_random() % below); }

    std::string object(int depth) {
        std::string out = "{" + blanks();
        for (unsigned left = pick(5); left > 0; --left) {
            out += key() + blanks() + ":" + blanks() + value(depth) + blanks();
            if (left > 1) out += "," + blanks();
        }
        return out + "}";
    }

    /// With some bytes taken away, put in or changed.
    std::string spoilt(std::string text) {
        constexpr std::string_view kBytes = "{}[]:,\"\\ \t-+.eE01u9ntfla\x01\xC3\xA9\xFF/";
        for (unsigned changes = 1 + pick(3); changes > 0; --changes) {
            const std::size_t at = pick(static_cast<unsigned>(text.size() + 1));
            const char byte = kBytes[pick(static_cast<unsigned>(kBytes.size()))];
            const unsigned what = pick(3);
            if (what == 0) {
                text.insert(at, 1, byte);
            } else if (at < text.size()) {
                what == 1 ? text.erase(at, 1) : text.replace(at, 1, 1, byte);
            }
        }
        return text;
    }

 private:
    std::string blanks() { return std::string(pick(6) == 0 ? pick(3) : 0, pick(2) == 0 ? ' ' : '\t'); }

    std::string key() {
        static const std::vector<std::string> kKeys{R"("a")",         R"("b")", R"("list")", R"("\u0061")",
                                                    R"("lon\u0067")", R"("")",  R"("x y")",  R"("é")"};
        return kKeys[pick(static_cast<unsigned>(kKeys.size()))];
    }

    std::string value(int depth) {
        static const std::vector<std::string> kScalars{"null",
                                                       "true",
                                                       "false",
                                                       "0",
                                                       "-0",
                                                       "12",
                                                       "-3.5",
                                                       "1e3",
                                                       "2.50E-2",
                                                       R"("")",
                                                       R"("a")",
                                                       R"("é😀")",
                                                       R"("\n\"\\")",
                                                       R"("\ud83d\ude00")",
                                                       R"("a rather long text")",
                                                       R"("}{,")"};
        const unsigned kind = depth > 0 ? pick(4) : 0;
        if (kind == 2) return object(depth - 1);
        if (kind != 3) return kScalars[pick(static_cast<unsigned>(kScalars.size()))];
        std::string out = "[" + blanks();
        for (unsigned left = pick(4); left > 0; --left)
            out += value(depth - 1) + blanks() + (left > 1 ? "," + blanks() : std::string());
        return out + "]";
    }

    std::mt19937 m_random;
};

/// A row in memory as a block of a file has it: something follows.
class Block {
 public:
    explicit Block(std::string_view row) : m_bytes(row), m_size(row.size()) {
        m_bytes += "\n}]\",:{\"a\":1}";
        m_bytes.append(kReadAhead, '}');
    }
    std::string_view row() const { return std::string_view(m_bytes).substr(0, m_size); }

 private:
    std::string m_bytes;
    std::size_t m_size;
};

/// The place in a tree; null where there is none.
const Json* placeIn(const Json& tree, const sql::JsonPath& path) {
    const Json* at = &tree;
    for (const sql::JsonPath::Step& step : path.steps()) {
        if (step.isIndex) {
            if (!at->is_array() || step.index >= at->size()) return nullptr;
            at = &(*at)[step.index];
        } else {
            if (!at->is_object() || !at->contains(step.name)) return nullptr;
            at = &at->at(step.name);
        }
    }
    return at;
}

bool same(const NdjsonValue& value, const Json* wanted) {
    switch (value.kind) {
        case NdjsonValue::Kind::None:
            return wanted == nullptr || wanted->is_null();
        case NdjsonValue::Kind::String:
            return wanted != nullptr && wanted->is_string() && wanted->get<std::string>() == value.text;
        case NdjsonValue::Kind::Boolean:
        case NdjsonValue::Kind::Number:
        case NdjsonValue::Kind::Nested:
            break;
    }
    return wanted != nullptr && !wanted->is_string() && Json::parse(value.text) == *wanted;
}

}  // namespace

class TestNdjsonRowReader : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void randomRows() {
        std::vector<sql::JsonPath> paths;
        for (const char* path : {"$.a", "$.b", "$.a.b", "$.a.a.b", "$.list[0]", "$.list[1].a", "$",
                                 "$['x y']", "$.long", "$.b.list[2]", "$['']"})
            paths.push_back(*sql::JsonPath::parse(path));
        const NdjsonFields fields(paths);
        NdjsonRowReader reader;
        int sound = 0, broken = 0;
        for (unsigned seed = 0; seed < 20'000; ++seed) {
            Maker maker(seed);
            std::string row = maker.object(3);
            if (seed % 2 == 1) row = maker.spoilt(std::move(row));
            const Block block(row);
            const Text reason = reader.read(block.row(), fields);
            const bool wanted = isJsonObject(row);
            ++(wanted ? sound : broken);
            QVERIFY2(reason.empty() == wanted, fmt::format("seed {}: {} is {}: {}", seed, row,
                                                           wanted ? "sound" : "broken", english(reason))
                                                   .c_str());
            if (!wanted) continue;
            const Json tree = Json::parse(row);
            for (std::size_t column = 0; column < paths.size(); ++column) {
                const NdjsonValue& value = reader.values()[column];
                QVERIFY2(same(value, placeIn(tree, paths[column])),
                         fmt::format("seed {}: {}, path {}: “{}”", seed, row, column, value.text).c_str());
            }
        }
        QVERIFY(sound > 5'000 && broken > 3'000);
    }

    void fieldsInTheirOrder() {
        NdjsonRowReader reader;
        std::string told;
        const auto tell = [&told](std::string_view name, const NdjsonValue& value) {
            told += fmt::format("{}={};", name, value.text);
        };
        const Block block(R"({"b":1,"a":{"b":2},"\u0062":"x\ty","c":null})");
        QVERIFY(reader.readFields(block.row(), tell).empty());
        QCOMPARE(told, std::string("b=1;a={\"b\":2};b=x\ty;c=;"));
    }

    /// A place that no row can have is not walked to, however long the path.
    void endlessPaths() {
        constexpr std::size_t kSteps = 300'000;
        std::string path = "$";
        for (std::size_t i = 0; i < kSteps; ++i) path += ".a";
        std::string deepest = "$", row;
        for (int i = 0; i < 500; ++i) {
            deepest += ".a";
            row += "{\"a\":";
        }
        row += '1';
        row.append(500, '}');
        const NdjsonFields fields({*sql::JsonPath::parse(path), *sql::JsonPath::parse(deepest)});
        NdjsonRowReader reader;
        const Block block(row);
        QVERIFY(reader.read(block.row(), fields).empty());
        QVERIFY(reader.values()[0].kind == NdjsonValue::Kind::None);
        QCOMPARE(std::string(reader.values()[1].text), std::string("1"));
    }

    /// A reader is used for one set of fields after another, and for rows of any length.
    void readersAreUsedAgain() {
        NdjsonRowReader reader;
        const NdjsonFields one({sql::JsonPath::toField("a"), sql::JsonPath::toField("b")});
        const NdjsonFields other({sql::JsonPath::toField("b")});
        const std::string text(3'000'000, 'x');
        for (int round = 0; round < 3; ++round) {
            const Block small(R"({"a":1,"b":"\u0041"})"), large(R"({"b":"\n)" + text + R"(","a":2})");
            QVERIFY(reader.read(small.row(), one).empty());
            QCOMPARE(std::string(reader.values()[1].text), std::string("A"));
            QVERIFY(reader.read(large.row(), other).empty());
            QCOMPARE(reader.values()[0].text.size(), text.size() + 1);
            QVERIFY(reader.read(large.row(), one).empty());
            QCOMPARE(std::string(reader.values()[0].text), std::string("2"));
        }
    }
};

QTEST_APPLESS_MAIN(TestNdjsonRowReader)
#include "test_ndjson_row_reader.moc"
