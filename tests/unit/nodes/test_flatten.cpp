// flatten: elements against a reading of the JSON by another library, rows that stay without elements,
// errors, and changing streams.
#include <QtTest/QtTest>

#include <algorithm>
#include <random>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& flattenNode() {
    static const Catalogue kKinds = builtin();
    return *kKinds.find("flatten");
}

StreamType orders() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(Schema{{{"id", Type::of(TypeId::Int)},
                                                           {"items", Type::of(TypeId::String)},
                                                           {"ts", Type::of(TypeId::Timestamp)}}});
    stream.eventTime = 2;
    stream.sourceOrder = true;
    return stream;
}

const Json kNamed = {{"column", "items"}, {"columns", {"item STRING", "n BIGINT FROM '$.n'"}}};

Json withEmpty(Json params) {
    params["keep_empty"] = true;
    return params;
}

Driven flattened(const Json& params, const StreamType& stream, const std::vector<Batch>& input,
                 const DriveOptions& options = {}) {
    const BoundForTest bound = bindNode(flattenNode(), params, {{stream}});
    if (!bound.node) qFatal("%s", bound.said().c_str());
    Driven driven = drive(flattenNode(), bound.node, {stream}, feeds(1, input), options);
    if (!driven.status.ok()) qFatal("%s", english(driven.status.error()).c_str());
    if (!driven.problems.empty()) qFatal("%s", driven.problems.front().c_str());
    return driven;
}

/// The rows made of one text, behind “id=1, ”.
std::vector<std::string> made(const Json& params, const Value& text) {
    const std::vector<Row> rows{{1, text, Instant{1'000}}};
    std::vector<std::string> lines;
    const Driven driven = flattened(params, orders(), batches(orders(), rows, 1));
    for (const std::string& line : driven.ports[0].rows)
        lines.push_back(line.substr(line.find("index=")));
    return lines;
}

QStringList shown(const std::vector<std::string>& lines) {
    QStringList out;
    for (const std::string& line : lines) out << QString::fromStdString(line);
    return out;
}

QStringList shownRows(const Json& params, const char* text) {
    return shown(made(params, std::string(text)));
}

QString said(const Json& params, const StreamType& stream) {
    const BoundForTest bound = bindNode(flattenNode(), params, {{stream}});
    return bound.node ? QString() : QString::fromStdString(bound.said());
}

// ── The reference: nlohmann's reader, and the rules of the help page. ──

struct Expected {
    std::vector<std::string> rows{}, rejected{};
};

/// The text of a scalar; nothing for others.
std::optional<std::string> scalarOf(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number() || value.is_boolean()) return value.dump();
    return std::nullopt;
}

std::optional<std::string> fieldOf(const Json& element, const char* name) {
    return element.is_object() && element.contains(name) ? scalarOf(element[name]) : std::nullopt;
}

void expectRow(const std::string& prefix, std::size_t index, const Json& element, bool nullOnError,
               Expected& expected) {
    const auto item = element.is_object() ? fieldOf(element, "item") : scalarOf(element);
    auto n = fieldOf(element, "n");
    const bool whole = n && n->find_first_not_of("0123456789") == std::string::npos;
    if (n && !whole && !nullOnError) {
        expected.rejected.push_back(prefix);
        return;
    }
    if (!whole) n.reset();
    expected.rows.push_back(
        fmt::format("{}, index={}, item={}, n={}", prefix, index, item.value_or("NULL"), n.value_or("NULL")));
}

/// `text`: nothing for NULL.
void expectRows(const std::string& prefix, const std::optional<std::string>& text, bool keepEmpty,
                bool nullOnError, Expected& expected) {
    Json json = text ? Json::parse(*text, nullptr, false) : Json();
    if (json.is_discarded() && !nullOnError) {
        expected.rejected.push_back(prefix);
        return;
    }
    if (json.is_discarded()) json = nullptr;
    if (json.is_null()) json = Json::array();
    if (!json.is_array()) json = Json::array({json});
    for (std::size_t i = 0; i < json.size(); ++i) expectRow(prefix, i, json[i], nullOnError, expected);
    if (json.empty() && keepEmpty) expected.rows.push_back(prefix + ", index=NULL, item=NULL, n=NULL");
}

Json randomElement(std::mt19937& random) {
    const auto below = [&random](unsigned n) { return random() % n; };
    static const std::vector<std::string> kTexts = {"a", "", "中文", "say \"x\"", "[1,2]", "a,b", "\\", "12"};
    switch (below(7)) {
        case 0:
            return below(1'000);
        case 1:
            return kTexts[below(static_cast<unsigned>(kTexts.size()))];
        case 2:
            return nullptr;
        case 3:
            return below(2) == 0;
        case 4:
            return Json::array({1, kTexts[below(8)]});
        default: {
            Json object = Json::object();
            if (below(4) > 0) object["item"] = kTexts[below(8)];
            if (below(4) > 0) object["n"] = below(6) == 0 ? Json("x") : Json(below(100));
            if (below(4) == 0) object["nested"] = Json{{"n", 5}, {"list", {1, 2}}};
            return object;
        }
    }
}

std::optional<std::string> randomText(std::mt19937& random) {
    switch (random() % 10) {
        case 0:
            return std::nullopt;
        case 1:
            return std::vector<std::string>{"[]", "null", "[1,", "hello", "", " [ ] "}[random() % 6];
        case 2:
            return randomElement(random).dump();
        default: {
            Json array = Json::array();
            for (auto left = random() % 6; left > 0; --left) array.push_back(randomElement(random));
            return array.dump(random() % 2 == 0 ? -1 : 2);
        }
    }
}

}  // namespace

class TestFlatten : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowForEachElement() {
        QCOMPARE(
            shownRows(kNamed, R"(["a", 2.50, true, null, {"item": "b", "n": 7}, {"n": 1}, [1]])"),
            QStringList({"index=0, item=a, n=NULL", "index=1, item=2.50, n=NULL",
                         "index=2, item=true, n=NULL", "index=3, item=NULL, n=NULL", "index=4, item=b, n=7",
                         "index=5, item=NULL, n=1", "index=6, item=NULL, n=NULL"}));
        QCOMPARE(shownRows(kNamed, R"({"item": "only"})"), QStringList({"index=0, item=only, n=NULL"}));
        QCOMPARE(shownRows(kNamed, "12"), QStringList({"index=0, item=12, n=NULL"}));
    }

    void typesAreCasts() {
        const Json params = {{"column", "items"},
                             {"columns",
                              {"d DECIMAL(5,2) FROM '$.d'", "t TIMESTAMP(3) FROM '$.t'",
                               "b BOOLEAN FROM '$.b'", "deep STRING FROM '$.a[1].x'"}}};
        QCOMPARE(
            shownRows(params, R"({"d": "1.5", "t": "2024-03-01 12:00:00", "b": "yes", "a": [0, {"x": 9}]})"),
            QStringList({"index=0, d=1.50, t=2024-03-01 12:00:00.000, b=true, deep=9"}));
    }

    void bytesAreBase64() {
        const Json params = {{"column", "items"}, {"columns", {"b BYTES", "c BYTES FROM '$.c'"}}};
        QCOMPARE(shownRows(params, R"(["AP8=", {"c": "SGVsbG8="}])"),
                 QStringList({"index=0, b=x'00ff', c=NULL", "index=1, b=NULL, c=x'48656c6c6f'"}));
        const std::vector<Row> rows{{1, std::string(R"(["no base64"])"), Instant{1'000}}};
        const Driven driven = flattened(params, orders(), batches(orders(), rows, 1));
        QCOMPARE(driven.rejected.size(), std::size_t{1});
        QVERIFY(driven.rejected.front().ends_with("“no base64” is no Base64."));
    }

    void rowsWithoutElements() {
        for (const char* const text : {"[]", "null", " [ ] "}) {
            QVERIFY(shownRows(kNamed, text).isEmpty());
            QCOMPARE(shownRows(withEmpty(kNamed), text), QStringList({"index=NULL, item=NULL, n=NULL"}));
        }
        QVERIFY(made(kNamed, Value{}).empty());
        QCOMPARE(shown(made(withEmpty(kNamed), Value{})), QStringList({"index=NULL, item=NULL, n=NULL"}));
    }

    void whatFailsIsRejectedAlone() {
        const std::vector<Row> rows{{1, std::string("no JSON"), Instant{1'000}},
                                    {2, std::string(R"([{"n": 1}, {"n": "x"}, {"n": 3}])"), Instant{2'000}}};
        const auto input = batches(orders(), rows, 2);
        const Driven driven = flattened(kNamed, orders(), input);
        QCOMPARE(driven.ports[0].rows.size(), std::size_t{2});
        QCOMPARE(driven.rejected.size(), std::size_t{2});
        QVERIFY2(driven.rejected[0].starts_with("id=1, items=no JSON, ts=") &&
                     driven.rejected[0].ends_with("The text is not JSON."),
                 driven.rejected[0].c_str());
        // Of a long array only the element is shown.
        QVERIFY2(driven.rejected[1].starts_with(R"(id=2, items={"n": "x"}, ts=)"),
                 driven.rejected[1].c_str());
        DriveOptions options;
        options.nullOnError = true;
        const Driven nulled = flattened(withEmpty(kNamed), orders(), input, options);
        QCOMPARE(nulled.ports[0].rows.size(), std::size_t{4});
        QVERIFY(nulled.rejected.empty());
    }

    void againstAnotherReader_data() {
        QTest::addColumn<bool>("keepEmpty");
        QTest::addColumn<bool>("nullOnError");
        for (const bool keep : {false, true}) {
            for (const bool null : {false, true})
                QTest::addRow("keep %d, null %d", keep, null) << keep << null;
        }
    }
    void againstAnotherReader() {
        QFETCH(bool, keepEmpty);
        QFETCH(bool, nullOnError);
        DriveOptions options;
        options.nullOnError = nullOnError;
        std::size_t compared = 0, rejected = 0;
        for (const unsigned seed : seedsOf(suites::Flattens)) {
            std::mt19937 random(seed);
            std::vector<Row> rows;
            Expected expected;
            for (int id = 0; id < 12; ++id) {
                const auto text = randomText(random);
                rows.push_back({id, text ? Value(*text) : Value(), Instant{1'000} * id});
                expectRows("id=" + std::to_string(id), text, keepEmpty, nullOnError, expected);
            }
            options.batchRows = 1 + random() % 9;
            const auto input = batches(orders(), rows, 1 + random() % 12);
            const Driven driven = flattened(keepEmpty ? withEmpty(kNamed) : kNamed, orders(), input, options);
            std::vector<std::string> found;
            for (const std::string& row : driven.ports[0].rows) {
                // “+I id=1, items=…, ts=…, index=0, item=…”: the text may hold anything.
                const std::size_t id = row.find(','), index = row.rfind(", index=");
                found.push_back(row.substr(3, id - 3) + row.substr(index));
            }
            QCOMPARE(shown(found), shown(expected.rows));
            QCOMPARE(driven.rejected.size(), expected.rejected.size());
            compared += found.size();
            rejected += expected.rejected.size();
        }
        QVERIFY(compared > 100 && (rejected > 20 || nullOnError));
    }

    /// A call makes a few batches at most, however long the text: the driver sees to that.
    void aLongArrayComesInPieces() {
        constexpr int kElements = 300'000;
        std::string text = "[0";
        for (int i = 1; i < kElements; ++i) text += "," + std::to_string(i);
        const std::vector<Row> rows{{1, text + "]", Instant{1'000}}, {2, std::string("[7]"), Instant{2'000}}};
        const Json params = {{"column", "items"}, {"columns", {"item BIGINT"}}};
        const BoundForTest bound = bindNode(flattenNode(), params, {{orders()}});
        class Counting final : public Output {
         public:
            std::size_t rows = 0, most = 0, batches = 0;
            std::int64_t next = 0;
            bool inOrder = true;
            void emit(int, Batch batch) override {
                ++batches;
                rows += batch.rows;
                most = std::max(most, batch.rows);
                for (std::size_t row = 0; row < batch.rows && next < kElements; ++row, ++next) {
                    inOrder = inOrder && batch.column(3).at<std::int32_t>(row) == next &&
                              batch.column(4).at<std::int64_t>(row) == next && batch.positions.at(row) == 0;
                }
            }
            void watermark(int, Instant) override {}
            Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
            void countLate(std::size_t, Millis) override {}
        };
        Counting out;
        Result<Made> built = flattenNode().make(*bound.node, MakeContext{});
        auto& op = *std::get<std::unique_ptr<Operator>>(*built);
        QVERIFY(op.onBatch(0, batches(orders(), rows, 2).front(), out).ok());
        QVERIFY(op.hasMore());
        while (op.hasMore()) QVERIFY(op.resume(out).ok());
        QCOMPARE(out.rows, std::size_t{kElements + 1});
        QVERIFY(out.inOrder && out.most <= 4'096 && out.batches > 50);
    }

    void stampsAndPositionsStay() {
        const std::vector<Row> rows{{1, std::string("[1]"), Instant{9'000}},
                                    {2, std::string("[1,2]"), Instant{1'000}}};
        const Driven driven = flattened(kNamed, orders(), batches(orders(), rows, 2));
        QCOMPARE(driven.ports[0].rows.size(), std::size_t{3});
        QVERIFY(driven.ports[0].rows[0].find(" after ") == std::string::npos);
        for (const std::size_t row : {std::size_t{1}, std::size_t{2}})
            QVERIFY2(driven.ports[0].rows[row].ends_with(" after 6000"), driven.ports[0].rows[row].c_str());
        QCOMPARE(driven.ports[0].watermark, kMaxTimestamp);
        const BoundForTest bound = bindNode(flattenNode(), kNamed, {{orders()}});
        const StreamType& out = bound.node->outputs[0];
        QVERIFY(out.sourceOrder && !out.made && out.eventTime == 2 && out.schema->size() == 6);
        QVERIFY(out.sharedPositions && !orders().sharedPositions);
    }

    void changesOfARowChangeItsElements() {
        StreamType changing = orders();
        changing.updating = true;
        changing.key = {0};
        const Instant at = 1'000;
        std::vector<Batch> input = batches(changing,
                                           {{1, std::string(R"(["a", "b"])"), at},
                                            {1, std::string(R"(["a", "b"])"), at},
                                            {1, std::string(R"(["c"])"), at},
                                            {1, std::string(R"(["c"])"), at},
                                            {1, std::string("no JSON"), at},
                                            {1, std::string("no JSON"), at}},
                                           6);
        using enum RowKind;
        input[0].kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector<RowKind>{Insert, UpdateBefore, UpdateAfter, UpdateBefore, UpdateAfter, Delete});
        const Driven driven = flattened(kNamed, changing, input);
        QStringList found;
        for (const std::string& row : driven.ports[0].rows)
            found << QString::fromStdString(row.substr(0, 3) + row.substr(row.find("index=")));
        QCOMPARE(found, QStringList({"+I index=0, item=a, n=NULL", "+I index=1, item=b, n=NULL",
                                     "-D index=0, item=a, n=NULL", "-D index=1, item=b, n=NULL",
                                     "+I index=0, item=c, n=NULL", "-D index=0, item=c, n=NULL"}));
        QCOMPARE(driven.rejected.size(), std::size_t{1});  // not once more when it is taken back
        const BoundForTest bound = bindNode(flattenNode(), kNamed, {{changing}});
        QVERIFY((bound.node->outputs[0].updating && bound.node->outputs[0].key == std::vector<int>{0, 3}));
    }

    void theNumberAloneNamesNoRow() {
        StreamType changing = orders();
        changing.updating = changing.multiset = true;
        const BoundForTest without = bindNode(flattenNode(), kNamed, {{changing}});
        QVERIFY(without.node->outputs[0].multiset && without.node->outputs[0].key.empty());
        changing.multiset = false;  // one row at most
        const BoundForTest one = bindNode(flattenNode(), kNamed, {{changing}});
        QVERIFY((!one.node->outputs[0].multiset && one.node->outputs[0].key == std::vector<int>{3}));
    }

    void readsTheTextAndWhatIsWanted() {
        const BoundForTest bound = bindNode(flattenNode(), kNamed, {{orders()}});
        ColumnSet wanted(6, false);
        wanted[4] = true;
        QVERIFY((bound.node->reads({wanted, {}}, {orders()}).front() == ColumnSet{false, true, false}));
        wanted[0] = true;
        QVERIFY((bound.node->reads({wanted, {}}, {orders()}).front() == ColumnSet{true, true, false}));
    }

    void whatIsRefused() {
        const auto with = [](const Json& columns, const char* column = "items") {
            return Json{{"column", column}, {"columns", columns}};
        };
        QVERIFY(said(with({"a STRING"}), orders()).isEmpty());
        QVERIFY(said(with({"a STRING"}, "id"), orders()).contains("“id” is INT; JSON is a STRING."));
        QVERIFY(said(with({"a STRING"}, "itms"), orders()).contains("Replace with “items”?"));
        QVERIFY(said(with({"id STRING"}), orders()).contains("The rows have a column “id” already."));
        QVERIFY(said(with({"index STRING"}), orders()).contains("The rows have a column “index” already."));
        QVERIFY(said(with({"a STRING", "a INT"}), orders()).contains("There are two columns “a”."));
        QVERIFY(said(with({"a STRING FROM 'b'"}), orders()).contains("What follows FROM is no path in quotes."));
        QVERIFY(said(with({"a STRING FROM $.b"}), orders()) != QString());
        StreamType numbered = orders();
        numbered.schema = std::make_shared<const Schema>(
            Schema{{{"items", Type::of(TypeId::String)}, {"index", Type::of(TypeId::Int)}}});
        numbered.eventTime = -1;
        QVERIFY(said(with({"a STRING"}), numbered).contains("“index” already"));
        const BoundForTest wrong =
            bindNode(flattenNode(), with({"a STRING", "b INT FROM '$.['"}), {{orders()}});
        QVERIFY(wrong.issues.size() == 1 && wrong.issues[0].item == 1 && wrong.issues[0].position == 11);
    }
};

QTEST_APPLESS_MAIN(TestFlatten)
#include "test_flatten.moc"
