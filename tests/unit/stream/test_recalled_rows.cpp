// Answers of a tape find the rows of its replay: by position, by what is in them, and by their questions
// alone where the replay reads other columns.
#include <QtTest/QtTest>

#include "core/stream/waiting/recalled_rows.h"
#include "tests/support/batch_of.h"

using namespace rw;
using test::batchOf;

namespace {

const SchemaRef kSchema = std::make_shared<const Schema>(
    Schema{{{"question", Type::of(TypeId::Bigint)}, {"other", Type::of(TypeId::String)}}});
const ColumnSet kAll{true, true}, kQuestion{true, false};

class OneBlock final : public AnswerReader {
 public:
    explicit OneBlock(std::vector<Answers> answers) : m_answers(std::move(answers)) {}
    Result<std::vector<Answers>> read() override { return std::exchange(m_answers, {}); }
    bool isWhole() const override { return true; }

 private:
    std::vector<Answers> m_answers;
};

/// Without positions.
Batch rowsOf(const std::vector<std::pair<std::int64_t, const char*>>& rows) {
    std::vector<std::vector<Value>> values;
    for (const auto& [question, other] : rows) values.push_back({Value(question), Value(std::string(other))});
    return batchOf(kSchema, values);
}

Batch withoutOther(Batch rows) {
    rows.columns[1] = nullptr;
    return rows;
}

/// As a run puts them down that reads these columns; none: as old programs did.
Answers tapedOf(const Batch& rows, std::vector<std::string> answers, const ColumnSet& read) {
    Answers some;
    some.outcome = Answers::Outcome::Answered;
    some.rows = rowNames(rows, read);
    some.columns = read;
    if (!read.empty()) some.questions = rowNames(rows, kQuestion);
    some.answers = std::move(answers);
    return some;
}

/// The answers to the rows, one after the other; “?”: the tape does not know them.
QStringList recalled(Answers taped, const Batch& rows, const ColumnSet& read) {
    RecalledRows tape(std::make_shared<OneBlock>(std::vector<Answers>{std::move(taped)}), {read, kQuestion});
    QStringList found;
    std::size_t next = 0;
    while (next < rows.rows) {
        const RecalledRows::Run run = tape.take(rows.slice(next, rows.rows - next));
        if (run.rows == 0) {
            const RequestRef more = tape.more();
            if (!more) return {QStringLiteral("it hangs")};
            more->answer(more->step().status());
            if (!tape.collect().ok()) return {QStringLiteral("it can't be read")};
            continue;
        }
        for (std::size_t i = 0; i < run.rows; ++i)
            found << (run.missing ? QStringLiteral("?") : QString::fromStdString(run.answers[i]));
        next += run.rows;
    }
    return found;
}

}  // namespace

class TestRecalledRows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// Of one question, whose answers differed: each row has its own, in whatever order they come.
    void equalQuestionsKeepTheirAnswers() {
        const Answers taped = tapedOf(rowsOf({{1, "a"}, {1, "b"}, {2, "c"}}), {"A", "B", "C"}, kAll);
        QCOMPARE(recalled(taped, rowsOf({{2, "c"}, {1, "b"}, {1, "a"}}), kAll), QStringList({"C", "B", "A"}));
    }

    void aReplayThatReadsLess() {
        const Answers taped = tapedOf(rowsOf({{1, "a"}, {2, "b"}}), {"A", "B"}, kAll);
        QCOMPARE(recalled(taped, withoutOther(rowsOf({{2, "b"}, {1, "a"}, {3, "c"}})), kQuestion),
                 QStringList({"B", "A", "?"}));
    }

    void aReplayThatReadsMore() {
        const Answers taped = tapedOf(withoutOther(rowsOf({{1, "a"}, {2, "b"}})), {"A", "B"}, kQuestion);
        QCOMPARE(recalled(taped, rowsOf({{2, "b"}, {1, "a"}}), kAll), QStringList({"B", "A"}));
    }

    /// A batch may have columns that nobody reads; one that comes back from a state has not.
    void whatNobodyReadsNamesNothing() {
        const Answers taped = tapedOf(rowsOf({{1, "a"}, {2, "b"}}), {"A", "B"}, kQuestion);
        QCOMPARE(recalled(taped, withoutOther(rowsOf({{2, "b"}, {1, "a"}})), kQuestion),
                 QStringList({"B", "A"}));
    }

    void tapesOfOldProgramsPlay() {
        const Answers taped = tapedOf(rowsOf({{1, "a"}, {2, "b"}}), {"A", "B"}, {});
        QCOMPARE(recalled(taped, rowsOf({{2, "b"}, {1, "a"}}), kAll), QStringList({"B", "A"}));
    }

    void positionsCountMoreThanColumns() {
        Batch first = rowsOf({{1, "a"}, {1, "a"}});
        first.positions.first = 10;
        const Answers taped = tapedOf(first, {"A", "B"}, kAll);
        Batch other = withoutOther(rowsOf({{7, "x"}}));
        other.positions.first = 11;
        QCOMPARE(recalled(taped, other, kQuestion), QStringList({"B"}));
    }
};

QTEST_APPLESS_MAIN(TestRecalledRows)
#include "test_recalled_rows.moc"
