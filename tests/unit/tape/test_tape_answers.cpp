// Answers as the bytes of a tape: as they were, as old programs wrote them, and as nobody writes them.
#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "core/tape/tape_answers.h"

using namespace rw;

namespace {

const std::vector<RowName> kRows{{-1, 10}, {-1, -20}}, kQuestions{{-1, 1}, {-1, 2}};

std::string_view bytesOf(const std::vector<RowName>& names) {
    return {reinterpret_cast<const char*>(names.data()), names.size() * sizeof(RowName)};
}

/// A record of some version, with more in it.
std::string payload(std::uint32_t version, const std::function<void(StateWriter&)>& more) {
    StateWriter out;
    out.record("answers", version, [&more](StateWriter& record) {
        record.u64("outcome", static_cast<std::uint64_t>(Answers::Outcome::Unanswered));
        record.bytes("rows", bytesOf(kRows));
        more(record);
    });
    return out.finish();
}

}  // namespace

class TestTapeAnswers : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void asTheyWere() {
        Answers some;
        some.outcome = Answers::Outcome::Answered;
        some.rows = kRows;
        some.questions = kQuestions;
        some.columns = {true, false, true};
        some.answers = {"", std::string("a\0b", 3)};
        Answers failed;
        failed.outcome = Answers::Outcome::Failed;
        failed.rows = {{3, 4}};
        failed.columns = {true};
        failed.failed = {ErrorCode::Io, RW_TEXT("test", "It failed.")};
        StateWriter out;
        saveAnswers(out, some);
        saveAnswers(out, failed);
        const auto read = loadAnswers(out.finish());
        QVERIFY(read.ok());
        QCOMPARE(read->size(), std::size_t{2});
        QVERIFY((*read)[0].rows == kRows && (*read)[0].questions == kQuestions);
        QVERIFY((*read)[0].columns == some.columns && (*read)[0].answers == some.answers);
        QVERIFY((*read)[1].rows == failed.rows && (*read)[1].questions.empty());
        QVERIFY((*read)[1].columns == failed.columns);
        QCOMPARE(english((*read)[1].failed.error()), std::string("It failed."));
    }

    void failuresOfEachCode() {
        for (const ErrorCode code :
             {ErrorCode::Invalid, ErrorCode::NotFound, ErrorCode::Io, ErrorCode::Row, ErrorCode::Cancelled,
              ErrorCode::Internal, ErrorCode::Denied, ErrorCode::Refused, ErrorCode::Locked}) {
            Answers failed;
            failed.outcome = Answers::Outcome::Failed;
            failed.rows = {{3, 4}};
            failed.columns = {true};
            failed.failed = {code, RW_TEXT("test", "It failed.")};
            StateWriter out;
            saveAnswers(out, failed);
            const auto read = loadAnswers(out.finish());
            QVERIFY2(read.ok(), qPrintable(QString::number(static_cast<int>(code))));
            QVERIFY(read->front().failed.error().code == code);
        }
    }

    /// Their rows are named by all columns that there were.
    void asOldProgramsWroteThem() {
        const auto read = loadAnswers(payload(1, [](StateWriter&) {}));
        QVERIFY(read.ok());
        QVERIFY(read->front().rows == kRows);
        QVERIFY(read->front().columns.empty() && read->front().questions.empty());
    }

    void asNobodyWritesThem() {
        const auto refused = [](std::uint32_t version, const std::function<void(StateWriter&)>& more) {
            return !loadAnswers(payload(version, more)).ok();
        };
        QVERIFY(refused(2, [](StateWriter&) {}));  // does not say by what they are named
        QVERIFY(refused(3, [](StateWriter& record) { record.bytes("columns", "\1"); }));
        QVERIFY(refused(2, [](StateWriter& record) {
            record.bytes("columns", "\1");
            record.bytes("questions", bytesOf({{-1, 1}}));
        }));
        QVERIFY(refused(2, [](StateWriter& record) {
            record.bytes("columns", "\1");
            record.bytes("questions", "odd");
        }));
    }
};

QTEST_APPLESS_MAIN(TestTapeAnswers)
#include "test_tape_answers.moc"
