// Messages of pgoutput as PostgreSQL 15 sends them, and bytes that are none.
#include <QtTest/QtTest>

#include "core/connect/tables/pg_bytes.h"
#include "core/connect/tables/pg_output.h"

using namespace rw;

namespace {

std::string named(const std::string& text) {
    return text + '\0';
}

/// n: NULL; u: unchanged; else a text.
std::string tupleOf(const std::vector<std::string>& cells) {
    std::string bytes;
    appendNumber(bytes, static_cast<std::uint16_t>(cells.size()));
    for (const std::string& cell : cells) {
        if (cell == "n" || cell == "u") {
            bytes += cell;
            continue;
        }
        bytes += 't';
        appendNumber(bytes, static_cast<std::uint32_t>(cell.size()));
        bytes += cell;
    }
    return bytes;
}

std::string numberOf(std::uint32_t number) {
    std::string bytes;
    appendNumber(bytes, number);
    return bytes;
}

std::string relationMessage() {
    std::string bytes = "R" + numberOf(16384) + named("public") + named("orders") + "f";
    appendNumber(bytes, std::uint16_t{2});
    bytes += '\1' + named("id") + numberOf(20) + numberOf(0xffffffff);
    bytes += '\0' + named("name") + numberOf(25) + numberOf(0xffffffff);
    return bytes;
}

std::string updateMessage() {
    return "U" + numberOf(16384) + "O" + tupleOf({"1", "long"}) + "N" + tupleOf({"2", "u"});
}

std::string commitMessage() {
    std::string bytes("C\0", 2);
    appendNumber(bytes, std::uint64_t{0x16B374D848});
    appendNumber(bytes, std::uint64_t{0x16B374D880});
    appendNumber(bytes, std::uint64_t{0});
    return bytes;
}

}  // namespace

class TestPgOutput : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aTableIsDescribed() {
        const Result<PgMessage> message = readPgMessage(relationMessage());
        QVERIFY(message.ok());
        QCOMPARE(message->sort, PgMessage::Sort::Describes);
        const PgRelation& relation = message->described;
        QCOMPARE(relation.schema, std::string("public"));
        QCOMPARE(relation.table, std::string("orders"));
        QCOMPARE(relation.identity, 'f');
        QCOMPARE(relation.columns.size(), std::size_t{2});
        QCOMPARE(relation.columns[1].name, std::string("name"));
        QCOMPARE(relation.columns[0].type, 20U);
    }

    void anUpdateHasBothRows() {
        const std::string bytes = updateMessage();
        const Result<PgMessage> message = readPgMessage(bytes);
        QVERIFY(message.ok());
        QCOMPARE(message->sort, PgMessage::Sort::Updates);
        QCOMPARE(message->oldForm, 'O');
        QCOMPARE(message->before.size(), std::size_t{2});
        QVERIFY(message->before[1].text == "long");
        QCOMPARE(message->after[1].form, PgCell::Form::Unchanged);
    }

    void rowsComeAndGo() {
        const std::string inserted = "I" + numberOf(7) + "N" + tupleOf({"n"});
        const Result<PgMessage> insert = readPgMessage(inserted);
        QVERIFY(insert.ok() && insert->sort == PgMessage::Sort::Inserts);
        QCOMPARE(insert->after.front().form, PgCell::Form::Null);
        const std::string deleted = "D" + numberOf(7) + "K" + tupleOf({"1"});
        const Result<PgMessage> remove = readPgMessage(deleted);
        QVERIFY(remove.ok() && remove->sort == PgMessage::Sort::Deletes);
        QCOMPARE(remove->oldForm, 'K');
        const std::string emptied = "T" + numberOf(2) + std::string(1, '\0') + numberOf(7) + numberOf(9);
        const Result<PgMessage> truncate = readPgMessage(emptied);
        QVERIFY(truncate.ok() && truncate->sort == PgMessage::Sort::Truncates);
        QVERIFY(truncate->relations == (std::vector<std::uint32_t>{7, 9}));
    }

    void aCommitSaysWhatIsBehindIt() {
        const Result<PgMessage> message = readPgMessage(commitMessage());
        QVERIFY(message.ok());
        QCOMPARE(lsnText(message->end), std::string("16/B374D880"));
    }

    void placesAreReadAsTheyAreWritten() {
        for (const PgLsn lsn : {PgLsn{0}, PgLsn{0x15815B0}, PgLsn{0xffffffffffffffff}}) {
            const Result<PgLsn> again = readPgLsn(lsnText(lsn));
            QVERIFY(again.ok());
            QCOMPARE(*again, lsn);
        }
        for (const char* const wrong : {"", "/", "1/", "/1", "g/1", "1/2/3", "100000000/0", "1 /2"})
            QVERIFY2(!readPgLsn(wrong).ok(), wrong);
    }

    // Bytes of anybody: an error, and no byte behind them is read.
    void messagesThatAreCutAreErrors() {
        for (const std::string& whole : {relationMessage(), updateMessage(), commitMessage()}) {
            QVERIFY(readPgMessage(whole).ok());
            for (std::size_t size = 0; size < whole.size(); ++size) {
                const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
                QVERIFY(!readPgMessage(std::string_view(cut.data(), cut.size())).ok());
            }
        }
        QVERIFY(!readPgMessage("Z").ok());
        QVERIFY(!readPgMessage("I" + numberOf(7) + "X").ok());
    }
};

QTEST_GUILESS_MAIN(TestPgOutput)
#include "test_pg_output.moc"
