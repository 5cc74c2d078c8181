// model: the script that writes trained models.
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

class TestModelCommand : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theScriptIsThatOfTheHelp() {
        QFile file(qEnvironmentVariable("RILLWRIGHT_SOURCE") + "/resources/help/export_model.py");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray wanted = file.readAll();
        QVERIFY(wanted.contains("def export_model("));
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"model", "script"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out == wanted, "other bytes than those of the file");
        QCOMPARE(ended.err, QByteArray());
    }

    void aFullDiskIsNoSuccess() {
        if (!QFile::exists("/dev/full")) QSKIP("there is no /dev/full");
        const ProgramFixture fixture;
        const Ended ended =
            fixture.runProgram("/bin/sh", {"-c", "\"$RILLWRIGHT_PROGRAM\" model script > /dev/full"});
        QVERIFY2(ended.status == 1 && ended.err.contains("error: Standard output could not be written"),
                 describe(ended).constData());
    }

    void theCommandAloneIsWrongUsage() {
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"model"});
        QVERIFY2(ended.status == 2, describe(ended).constData());
        QVERIFY2(ended.err.contains("subcommand"), describe(ended).constData());
        const Ended help = fixture.run({"model", "--help"});
        QVERIFY2(help.status == 0 && help.out.contains("script"), describe(help).constData());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(TestModelCommand)
#include "test_model_command.moc"
