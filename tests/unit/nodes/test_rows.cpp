// rows: values typed by hand, their errors, and their pace.
#include <QtTest>

#include "core/data/text.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

class HandClock final : public Clock {
 public:
    Instant now() const override { return m_now; }
    std::int64_t steadyMillis() const override { return m_now; }
    Instant m_now = 1'000;
};

struct Read {
    QStringList rows, bad;
    std::vector<std::int64_t> positions;
    std::vector<Instant> at;  ///< clock at each chunk
};

NodeKind kind() {
    return *builtin().find("rows");
}

/// Reads the source to its end, moving the clock on whenever it asks to wait.
Read read(const Json& params, std::size_t batchRows = 4096, bool nullOnError = false) {
    const BoundForTest bound = bindNode(kind(), params, {});
    if (!bound.node) qFatal("%s", bound.said().c_str());
    const auto clock = std::make_shared<HandClock>();
    MakeContext context;
    context.clock = clock;
    context.batchRows = batchRows;
    context.nullOnError = nullOnError;
    Result<Made> made = kind().make(*bound.node, context);
    Source& source = *std::get<std::unique_ptr<Source>>(*made);
    Read out;
    if (!source.open().ok()) qFatal("open");
    for (;;) {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> poll = source.poll(chunk);
        if (poll->kind == Poll::Kind::End) return out;
        if (poll->kind == Poll::Kind::Wait) {
            clock->m_now = poll->until;
            continue;
        }
        out.at.push_back(clock->m_now);
        ParsedChunk parsed;
        if (!source.parse(*chunk, parsed).ok()) qFatal("parse");
        for (const Batch& batch : parsed.batches) {
            if (batch.rows > batchRows) qFatal("a batch is too large");
            for (std::size_t row = 0; row < batch.rows; ++row) {
                out.rows << QString::fromStdString(rowText(batch, row));
                out.positions.push_back(batch.positions.at(row));
            }
        }
        for (const BadRow& bad : parsed.bad) {
            out.bad << QString("%1 %2 %3")
                           .arg(bad.index)
                           .arg(QString::fromStdString(english(bad.reason)),
                                QString::fromStdString(bad.text));
        }
    }
}

Json grid(const Json& rows) {
    return {{"columns", {"s STRING", "n INT", "p DECIMAL(5,2)", "t TIMESTAMP(3)", "f BOOLEAN"}},
            {"rows", rows}};
}

}  // namespace

class TestRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void valuesAreTyped() {
        const Read got = read(grid({{"a", 1, 1.5, "2024-03-01 12:00:00", true},
                                    {nullptr, "2", "3", "2024-03-01", "false"},
                                    {"", nullptr, nullptr, nullptr, nullptr},
                                    {5, -1, -2, "2024-03-01T12:00:00.5Z", nullptr}}));
        QCOMPARE(got.rows, QStringList({"s=a, n=1, p=1.50, t=2024-03-01 12:00:00.000, f=true",
                                        "s=NULL, n=2, p=3.00, t=2024-03-01 00:00:00.000, f=false",
                                        "s=, n=NULL, p=NULL, t=NULL, f=NULL",
                                        "s=5, n=-1, p=-2.00, t=2024-03-01 12:00:00.500, f=NULL"}));
        QVERIFY(got.bad.isEmpty());
    }

    void wrongRowsAreRejected() {
        const Json params = grid({{"a", "x", 1, nullptr, nullptr}, {"b", 1, 1, nullptr, nullptr}, {"c", 1}});
        const Read got = read(params);
        QCOMPARE(got.rows, QStringList({"s=b, n=1, p=1.00, t=NULL, f=NULL"}));
        QVERIFY(got.positions == std::vector<std::int64_t>{1});
        QCOMPARE(got.bad, QStringList({"0 “n”: \"x\" is not INT. [\"a\", \"x\", 1, null, null]",
                                       "2 Values: 2 instead of 5. [\"c\", 1]"}));
        const Read nulled = read(params, 4096, true);
        QCOMPARE(nulled.rows,
                 QStringList({"s=a, n=NULL, p=1.00, t=NULL, f=NULL", "s=b, n=1, p=1.00, t=NULL, f=NULL"}));
        QCOMPARE(nulled.bad, QStringList({"2 Values: 2 instead of 5. [\"c\", 1]"}));
        const BoundForTest bound = bindNode(kind(), params, {});
        QCOMPARE(bound.issues.size(), std::size_t{2});
        QVERIFY(bound.issues[1].item == 2 && bound.issues[1].severity == Severity::Warning);
    }

    /// As a card has it.
    void oneIsNotMany() {
        const auto said = [](const NodeKind& kind, const Json& params) {
            const BoundForTest bound = bindNode(kind, params, {});
            if (!bound.node) qFatal("%s", bound.said().c_str());
            return QString::fromStdString(english(bound.node->summary));
        };
        const Json row = {"a", 1, 1, nullptr, nullptr};
        QCOMPARE(said(kind(), grid(Json::array({row}))), QStringLiteral("1 row"));
        QCOMPARE(said(kind(), grid(Json::array({row, row}))), QStringLiteral("2 rows"));
        Json slowly = grid(Json::array({row}));
        slowly["every"] = "2s";
        QVERIFY2(said(kind(), slowly).startsWith(QStringLiteral("1 row · every 2")),
                 qPrintable(said(kind(), slowly)));
        const NodeKind input = *builtin().find("stdin");
        const Json one{{"columns", Json::array({"n INT"})}},
            two{{"columns", Json::array({"n INT", "m INT"})}};
        QVERIFY2(said(input, one).endsWith(QStringLiteral(" · 1 column")), qPrintable(said(input, one)));
        QVERIFY2(said(input, two).endsWith(QStringLiteral(" · 2 columns")), qPrintable(said(input, two)));
    }

    /// The warning in the form names the action of the run.
    void theWarningKnowsOnError() {
        const auto said = [](const char* onError) {
            Json params = grid({{"a", "x", 1, nullptr, nullptr}, {"c", 1}});
            params["on_error"] = onError;
            return QString::fromStdString(bindNode(kind(), params, {}).said());
        };
        QCOMPARE(said("reject").count("The row will be rejected."), 2);
        QCOMPARE(said("fail").count("The run will stop at this row."), 2);
        QCOMPARE(said("null").count("The value will be NULL."), 1);
        QCOMPARE(said("null").count("The row will be rejected."), 1);
    }

    void batchesAreBounded() {
        Json rows = Json::array();
        for (int i = 0; i < 10'000; ++i) rows.push_back({"a", i, nullptr, nullptr, nullptr});
        const Read got = read(grid(rows), 7);
        QCOMPARE(got.rows.size(), 10'000);
        for (int i = 0; i < 10'000; ++i) QVERIFY(got.rows[i].startsWith(QString("s=a, n=%1,").arg(i)));
    }

    void oneRowAtATime() {
        Json params =
            grid({{"a", 1, 1, nullptr, true}, {"b", 2, 1, nullptr, true}, {"c", 3, 1, nullptr, true}});
        params["every"] = "2s";
        params["arrival_time"] = "seen";
        const Read got = read(params);
        QVERIFY((got.at == std::vector<Instant>{1'000, 3'000, 5'000}));
        QVERIFY(got.rows[2].endsWith("seen=1970-01-01 00:00:05.000"));
    }

    void columnsAreChecked() {
        const auto said = [](const Json& columns) {
            const Json params = {{"columns", columns}, {"rows", Json::array({Json::array({1})})}};
            return QString::fromStdString(bindNode(kind(), params, {}).said());
        };
        QVERIFY(said({"a"}).contains("“a” is not a column. Write a name and a type: price DOUBLE."));
        QVERIFY(said({"a NUMBER"}).contains("n.columns[0]: “NUMBER” is not a type."));
        QVERIFY(said({"a INT", "a INT"}).contains("There are two columns “a”."));
        QCOMPARE(said({"`a b` INT"}), QString());
    }
};

QTEST_APPLESS_MAIN(TestRows)
#include "test_rows.moc"
