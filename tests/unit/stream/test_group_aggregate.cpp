// Grouping without windows: which changes leave for which rows, when keys end by themselves, failures, and
// the amounts of state and of work at a time.
#include <QtTest/QtTest>

#include <algorithm>

#include "core/nodes/catalogue.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& grouping() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("group_aggregate");
}

/// k STRING, v BIGINT, d DOUBLE, ts TIMESTAMP(3).
StreamType rowsInOrder() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Bigint)},
                                                         {"d", Type::of(TypeId::Double)},
                                                         {"ts", Type::of(TypeId::Timestamp)}}});
    type.sourceOrder = true;
    return type;
}

StreamType changingRows() {
    StreamType type = rowsInOrder();
    type.updating = type.made = true;
    type.sourceOrder = false;
    type.key = {1};
    return type;
}

StreamType timedRows() {
    StreamType type = rowsInOrder();
    type.eventTime = 3;
    return type;
}

/// One instance of the node over rows of `input`.
class Grouped {
 public:
    explicit Grouped(const Json& params, StreamType input = rowsInOrder(), std::size_t batchRows = 4096)
        : m_input(std::move(input)),
          m_bound(bindNode(grouping(), params, {m_input}).bound),
          m_harness(grouping(), *m_bound, contextOf(params, batchRows)) {}

    OperatorHarness* operator->() { return &m_harness; }

    /// Sends rows “k|v|d|ts”, of which the last cells may be left out; those that take one back begin with
    /// “-U ” or “-D ”, others may with “+U ”. `stamps` is the one of every row, if any.
    void send(const Lines& lines, std::vector<Instant> stamps = {}) {
        std::vector<std::vector<std::string>> rows;
        std::vector<RowKind> kinds;
        for (std::string line : lines) {
            kinds.push_back(takeKind(line));
            auto& row = rows.emplace_back();
            for (std::size_t at = 0; at <= line.size();) {
                const std::size_t end = std::min(line.find('|', at), line.size());
                row.push_back(line.substr(at, end - at));
                at = end + 1;
            }
            row.resize(m_input.schema->size());
        }
        Batch batch = textBatch(m_input.schema, rows);
        if (m_input.updating) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        batch.positions.first = m_input.made ? -1 : static_cast<std::int64_t>(m_sent);
        m_sent += lines.size();
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        m_harness.send(batch);
    }
    /// The changes since the last call.
    Lines changes() {
        const Lines& all = m_harness.lines(0);
        Lines fresh(all.begin() + static_cast<std::ptrdiff_t>(m_told), all.end());
        m_told = all.size();
        return fresh;
    }

 private:
    MakeContext contextOf(const Json& params, std::size_t batchRows) const {
        MakeContext context = contextFor(m_input, 1, batchRows);
        context.nullOnError = params.value("on_error", "") == "null";
        return context;
    }
    static RowKind takeKind(std::string& line) {
        RowKind kind = RowKind::Insert;
        for (const RowKind one : {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}) {
            if (line.starts_with(toString(one))) kind = one;
        }
        if (kind != RowKind::Insert) line.erase(0, 3);
        return kind;
    }

    const StreamType m_input;
    const BoundNodeRef m_bound;
    OperatorHarness m_harness;
    std::size_t m_told = 0, m_sent = 0;
};

const Json kSums = {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s"}}};

}  // namespace

class TestGroupAggregate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aChangeForEachKeyThatChanged() {
        Grouped tried(kSums);
        tried.send({"a|1", "b|2", "a|3"});
        QCOMPARE(tried.changes(), (Lines{"+I a|2|4", "+I b|1|2"}));
        tried.send({"b|5", "c|", "|7"});
        QCOMPARE(tried.changes(), (Lines{"-U b|1|2", "+U b|2|7", "+I c|1|∅", "+I ∅|1|7"}));
        tried->end();
        QCOMPARE(tried->table(0), (Lines{"a|2|4", "b|2|7", "c|1|∅", "∅|1|7"}));
        QCOMPARE(tried->breaches(), Lines{});
    }

    void nothingForAResultThatStays() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"MAX(v) AS m", "COUNT(d) AS n"}}});
        tried.send({"a|5", "b|5"});
        (void)tried.changes();
        tried.send({"a|3", "a|", "b|6"});
        QCOMPARE(tried.changes(), (Lines{"-U b|5|0", "+U b|6|0"}));
    }

    void oneRowWithoutKeys() {
        const Json params = {{"aggregates", {"COUNT(*) AS n", "MIN(v) AS lo"}}};
        Grouped tried(params, changingRows());
        tried.send({});
        QCOMPARE(tried.changes(), Lines{});
        tried.send({"a|4", "b|2"});
        QCOMPARE(tried.changes(), (Lines{"+I 2|2"}));
        tried.send({"-D b|2"});
        QCOMPARE(tried.changes(), (Lines{"-U 2|2", "+U 1|4"}));
        tried.send({"-D a|4"});
        QCOMPARE(tried.changes(), (Lines{"-D 1|4"}));
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{0});
        tried.send({"c|9"});
        QCOMPARE(tried.changes(), (Lines{"+I 1|9"}));
        QCOMPARE(tried->breaches(), Lines{});
    }

    void rowsThatAreTakenBack() {
        Grouped tried(kSums, changingRows());
        tried.send({"a|1", "a|2", "b|3"});
        (void)tried.changes();
        tried.send({"-U a|2", "+U b|2"});  // a row moves to another key
        QCOMPARE(tried.changes(), (Lines{"-U a|2|3", "+U a|1|1", "-U b|1|3", "+U b|2|5"}));
        tried.send({"-D a|1"});
        QCOMPARE(tried.changes(), (Lines{"-D a|1|1"}));
        tried.send({"-D b|3", "-D b|2", "b|8"});  // gone and back within a batch
        QCOMPARE(tried.changes(), (Lines{"-U b|2|5", "+U b|1|8"}));
        tried.send({"c|1", "-D c|1"});
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});
        QCOMPARE(tried->breaches(), Lines{});
    }

    void aRowThatFailsIsNotCounted() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(10 / v) AS s"}}},
                      changingRows());
        tried.send({"a|5", "a|0", "b|0"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|2"}));
        QCOMPARE(tried->rejected().size(), std::size_t{2});
        tried.send({"-D a|0"});  // it never was
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->rejected().size(), std::size_t{2});

        Grouped nulls(
            {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(10 / v) AS s"}}, {"on_error", "null"}});
        nulls.send({"a|5", "a|0"});
        QCOMPARE(nulls.changes(), (Lines{"+I a|2|2"}));
        QCOMPARE(nulls->rejected(), Lines{});
    }

    /// A result that does not fit leaves once, and its row is away until it fits again.
    void aResultThatFails() {
        const std::string most = "9223372036854775807";
        Grouped tried(kSums);
        tried.send({"a|" + most});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|" + most}));
        tried.send({"a|1", "b|1"});
        QCOMPARE(tried.changes(), (Lines{"-D a|1|" + most, "+I b|1|1"}));
        QCOMPARE(tried->rejected().size(), std::size_t{1});
        QVERIFY2(tried->rejected()[0].starts_with("k=a, n=2, s=NULL: SUM overflows"),
                 tried->rejected()[0].c_str());
        tried.send({"a|1"});
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->rejected().size(), std::size_t{1});
        tried.send({"a|-10"});
        QCOMPARE(tried.changes(), (Lines{"+I a|4|9223372036854775799"}));
        QCOMPARE(tried->breaches(), Lines{});

        Json nulls = kSums;
        nulls["on_error"] = "null";
        Grouped shown(nulls);
        shown.send({"a|" + most});
        shown.send({"a|1"});
        QCOMPARE(shown.changes(), (Lines{"+I a|1|" + most, "-U a|1|" + most, "+U a|2|∅"}));
        QCOMPARE(shown->rejected(), Lines{});
    }

    void firstAndLastInTheOrderOfTheSource() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"}}});
        tried.send({"a|3", "a|1"});
        tried.send({"a|2"});
        QCOMPARE(tried->table(0), (Lines{"a|3|2"}));
    }

    /// Rows without an order go by their values alone.
    void firstAndLastOfChangingRows() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"}}},
                      changingRows());
        tried.send({"a|3", "a|1", "a|2"});
        QCOMPARE(tried->table(0), (Lines{"a|1|3"}));
        tried.send({"-D a|1"});
        QCOMPARE(tried->table(0), (Lines{"a|2|3"}));
    }

    /// Made rows need no event time to be in order, either.
    void firstOfMadeRowsWithoutTime() {
        StreamType made = rowsInOrder();
        made.made = true;
        made.sourceOrder = false;
        const Json params = {{"aggregates", {"FIRST_VALUE(v) AS f", "LISTAGG(k) AS l"}}};
        Grouped tried(params, made);
        tried.send({"c|3", "b|1", "a|2"});
        QCOMPARE(tried->table(0), (Lines{"1|a,b,c"}));
    }

    void aKeyEndsByItself() {
        Json params = kSums;
        params["state_ttl"] = "10ms";
        Grouped tried(params, timedRows());
        const auto row = [](const char* key, int v, int time) {
            return QStringLiteral("%1|%2||1970-01-01 00:00:00.%3")
                .arg(QLatin1String(key))
                .arg(v)
                .arg(time, 3, 10, QLatin1Char('0'))
                .toStdString();
        };
        tried.send({row("a", 1, 20), row("a", 2, 15)}, {10, 10});
        tried.send({row("a", 3, 25)}, {29});  // 29 < 20 + 10
        QCOMPARE(tried.changes(), (Lines{"+I a|2|3", "-U a|2|3", "+U a|3|6"}));
        tried.send({row("a", 4, 36)}, {35});  // 35 = 25 + 10
        QCOMPARE(tried.changes(), (Lines{"+I a|1|4"}));
        // It ends twice within a batch: each life gives its result.
        tried.send({row("a", 5, 40), row("b", 1, 60), row("a", 6, 62), row("a", 7, 90), row("b", 2, 91)},
                   {36, 36, 55, 80, 85});
        QCOMPARE(tried.changes(),
                 (Lines{"-U a|1|4", "+U a|2|9", "+I b|1|1", "+I a|1|6", "+I b|1|2", "+I a|1|7"}));
        tried->advance(100);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});  // b: 91 + 10; a: 90 + 10
        tried->advance(101);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{0});
        tried->end();
        QCOMPARE(tried.changes(), Lines{});  // none is withdrawn
        QCOMPARE(tried->breaches(), Lines{});
    }

    /// A row that takes back one of a key that has ended says nothing of the key's new rows.
    void whatWasForgottenIsNotTakenBack() {
        StreamType changing = changingRows();
        changing.eventTime = 3;
        Json params = kSums;
        params["state_ttl"] = "10ms";
        Grouped tried(params, changing);
        tried.send({"a|1||1970-01-01 00:00:00.010"});
        tried->advance(50);
        tried.send({"-D a|1||1970-01-01 00:00:00.010"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|1"}));
        tried.send({"a|2||1970-01-01 00:00:00.060"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|2"}));
    }

    void keysThatAreGoneAreForgotten() {
        Grouped tried(kSums, changingRows(), 64);
        const auto all = [](const std::string& kind) {
            Lines lines;
            for (int i = 0; i < 20'000; ++i)
                lines.push_back(kind + "a rather long key " + std::to_string(i) + "|" + std::to_string(i));
            return lines;
        };
        tried.send({"x|1"});
        tried.send(all(""));
        const std::size_t bytes = tried->tested().stateSize().bytes;
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{20'001});
        tried.send(all("-D "));
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});
        const std::size_t left = tried->tested().stateSize().bytes;
        QVERIFY2(left * 4 < bytes, std::to_string(left).c_str());
        (void)tried.changes();
        tried.send({"x|2", "y|3"});
        QCOMPARE(tried.changes(), (Lines{"-U x|1|1", "+U x|2|3", "+I y|1|3"}));
        QVERIFY(tried->calls() > tried->sent() + 100);  // a little at a time
        QCOMPARE(tried->breaches(), Lines{});
    }

    void longTextsAreShownAFewAtATime() {
        Grouped tried({{"keys", {"v"}}, {"aggregates", {"LISTAGG(k) AS all", "COUNT(*) AS n"}}});
        const std::string text(std::size_t{1} << 20, 'x');
        Lines lines;
        for (int group = 0; group < 32; ++group) lines.push_back(text + "|" + std::to_string(group));
        tried.send(lines);
        const std::size_t calls = tried->calls();
        for (int group = 0; group < 32; ++group) lines.push_back(lines[static_cast<std::size_t>(group)]);
        tried.send(lines);
        QVERIFY(tried->calls() > calls + 1);
        // Text that was sent on counts as state for as long as it was held, and is a part of all texts there were.
        const std::size_t state = tried->tested().stateSize().bytes;
        QVERIFY2(state > (std::size_t{96} << 20) + (std::size_t{4} << 20), std::to_string(state).c_str());
        QVERIFY2(state < (std::size_t{160} << 20), std::to_string(state).c_str());
        for (const std::string& row : tried->table(0)) QVERIFY(row.ends_with("|3"));
        QCOMPARE(tried->table(0).size(), std::size_t{32});
        QCOMPARE(tried->breaches(), Lines{});
    }

    void aTextThatIsTooLongFailsItsGroup() {
        Grouped tried({{"keys", {"v"}}, {"aggregates", {"LISTAGG(k, '') AS all"}}});
        const std::string text(std::size_t{40} << 20, 'x');
        tried.send({text + "|1", "y|2"});
        tried.send({text + "|1", "z|2"});
        QCOMPARE(tried->table(0), (Lines{"2|yz"}));
        QCOMPARE(tried->rejected().size(), std::size_t{1});
    }

    void keysThatEndAreForgotten() {
        Json params = kSums;
        params["state_ttl"] = "10ms";
        Grouped tried(params, timedRows(), 64);
        Lines lines;
        for (int i = 0; i < 20'000; ++i) lines.push_back(std::to_string(i) + "|1||1970-01-01 00:00:01.000");
        tried.send(lines, std::vector<Instant>(lines.size(), 0));
        tried.send({"x|1||1970-01-01 00:00:02.000"}, {0});
        const std::size_t bytes = tried->tested().stateSize().bytes;
        tried->advance(1'500);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});
        const std::size_t left = tried->tested().stateSize().bytes;
        QVERIFY2(left * 4 < bytes, std::to_string(left).c_str());
        (void)tried.changes();
        tried.send({"x|2||1970-01-01 00:00:02.000", "1|3||1970-01-01 00:00:02.000"}, {1'500, 1'500});
        QCOMPARE(tried.changes(), (Lines{"-U x|1|1", "+U x|2|3", "+I 1|1|3"}));
        tried->advance(2'010);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{0});
        QCOMPARE(tried->breaches(), Lines{});
    }
};

QTEST_APPLESS_MAIN(TestGroupAggregate)
#include "test_group_aggregate.moc"
