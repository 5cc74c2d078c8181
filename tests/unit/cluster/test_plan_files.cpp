// Files of plans: where they can be, their end, and that of files that others left.
#include <sys/stat.h>

#include <QtTest/QtTest>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/cluster/plans/plan_files.h"
#include "tests/support/child.h"

using namespace rw;
namespace fs = std::filesystem;

namespace {

std::string saidBy(const Status& status) {
    return status.ok() ? "ok" : english(status.error());
}

std::ptrdiff_t filesIn(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

std::string pathIn(const std::string& address) {
    return address.substr(std::string("file://").size());
}

void put(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

class TestPlanFiles : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void toAndFro() {
        const testing::ScratchFolder scratch("plan_files");
        {
            PlanFiles files;
            QCOMPARE(saidBy(files.open(scratch.path().string())), std::string("ok"));
            QVERIFY(files.compiledAddress().starts_with("file://" + scratch.path().string() +
                                                        "/rillwright-plan-"));
            QVERIFY(!fs::exists(pathIn(files.compiledAddress())));  // Flink takes no file that is there
            put(pathIn(files.compiledAddress()), "{}");
            const Result<std::string> read = files.readCompiled();
            QVERIFY(read.ok());
            QCOMPARE(*read, std::string("{}"));
            QCOMPARE(saidBy(files.writePlanned("[1]")), std::string("ok"));
            std::ifstream planned(pathIn(files.plannedAddress()));
            QCOMPARE(std::string(std::istreambuf_iterator<char>(planned), {}), std::string("[1]"));
            struct stat info {};
            QCOMPARE(::stat(pathIn(files.plannedAddress()).c_str(), &info), 0);
            QCOMPARE(info.st_mode & 0777U, 0644U);  // the gateway may be another user
        }
        QCOMPARE(filesIn(scratch.path()), std::ptrdiff_t{0});
    }

    void twoAtOnce() {
        const testing::ScratchFolder scratch("plan_files");
        PlanFiles one, other;
        QVERIFY(one.open(scratch.path().string()).ok() && other.open(scratch.path().string()).ok());
        QVERIFY(one.compiledAddress() != other.compiledAddress());
        QVERIFY(one.plannedAddress() != other.plannedAddress());
    }

    void noFolder() {
        const testing::ScratchFolder scratch("plan_files");
        const std::string missing = (scratch.path() / "missing").string();
        const std::string said = saidBy(writablePlanFolder(missing));
        QVERIFY2(said.find("“" + missing + "”: No such file") != std::string::npos, said.c_str());
        QVERIFY2(said.find("both you and the SQL gateway") != std::string::npos, said.c_str());
        PlanFiles files;
        QCOMPARE(saidBy(files.open(missing)), said);
        QCOMPARE(saidBy(writablePlanFolder(scratch.path().string())), std::string("ok"));
        QCOMPARE(filesIn(scratch.path()), std::ptrdiff_t{0});
    }

    void aGatewayThatWroteElsewhere() {
        const testing::ScratchFolder scratch("plan_files");
        PlanFiles files;
        QVERIFY(files.open(scratch.path().string()).ok());
        const std::string said = saidBy(files.readCompiled().status());
        QVERIFY2(said.find("on this computer it is not there") != std::string::npos, said.c_str());
        // A path that is no file is not waited for.
        fs::create_directory(pathIn(files.compiledAddress()));
        const std::string folder = saidBy(files.readCompiled().status());
        QVERIFY2(folder.find("can't be read") != std::string::npos, folder.c_str());
        fs::remove(pathIn(files.compiledAddress()));
        QCOMPARE(::mkfifo(pathIn(files.compiledAddress()).c_str(), 0600), 0);
        const std::string pipe = saidBy(files.readCompiled().status());
        QVERIFY2(pipe.find("can't be read") != std::string::npos, pipe.c_str());
    }

    void whatOthersLeft() {
        const testing::ScratchFolder scratch("plan_files");
        const fs::path old = scratch.path() / "rillwright-plan-abcdef.compiled.json",
                       young = scratch.path() / "rillwright-plan-ghijkl.json",
                       foreign = scratch.path() / "plan.json";
        const auto now = fs::file_time_type::clock::now();
        for (const fs::path& path : {old, young, foreign}) put(path, "{}");
        fs::last_write_time(old, now - std::chrono::hours(2));
        fs::last_write_time(foreign, now - std::chrono::hours(2));
        PlanFiles files;
        QVERIFY(files.open(scratch.path().string()).ok());
        QVERIFY(!fs::exists(old) && fs::exists(young) && fs::exists(foreign));
    }
};

QTEST_GUILESS_MAIN(TestPlanFiles)
#include "test_plan_files.moc"
