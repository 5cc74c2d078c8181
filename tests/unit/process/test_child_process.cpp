// Other programs as children: their lines, their environment, their limits, and that none of a group stays.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/process/child_process.h"
#include "core/process/program.h"
#include "core/process/program_output.h"
#include "tests/support/child.h"

using namespace rw;

namespace fs = std::filesystem;

namespace {

constexpr Millis kChildPatience = 30'000;
constexpr int kLong = static_cast<int>(kChildPatience);

ChildProgram shell(const std::string& words) {
    return {{"bash", "-c", words}, environmentWithout({})};
}

std::string firstLineIn(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

bool isGone(const std::string& process) {
    // A process whose end was not asked for is a zombie: it runs no more.
    std::ifstream in("/proc/" + process + "/stat");
    std::string text;
    return !std::getline(in, text) || text.find(") Z ") != std::string::npos;
}

std::string outputOf(const ChildProgram& program) {
    const auto said = runProgram(program, kChildPatience);
    return said.ok() ? said->text : english(said.error());
}

}  // namespace

class TestChildProcess : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void linesComeWhole() {
        const auto child =
            ChildProcess::start(shell("printf 'one\\ntw'; sleep 0.1; printf 'o\\nlast'; echo no >&2"));
        QVERIFY(child.ok());
        std::vector<std::string> lines;
        while (!(*child)->outputEnded()) {
            if (const auto line = (*child)->line(kChildPatience)) lines.push_back(*line);
        }
        QVERIFY((lines == std::vector<std::string>{"one", "two", "last"}));
        QTRY_COMPARE((*child)->exitStatus().value_or(-1), 0);
    }

    void aChildThatStaysIsKilled() {
        auto child = ChildProcess::start(shell("trap '' TERM; echo ready; sleep 1000 & wait; sleep 1000"));
        QVERIFY(child.ok());
        QCOMPARE((*child)->line(kChildPatience).value_or(""), std::string("ready"));
        (*child)->terminate();
        (*child)->kill();
        QTRY_COMPARE_WITH_TIMEOUT((*child)->exitStatus().value_or(-1), 128 + 9, kLong);
    }

    void aKilledProgramLeavesNobody() {
        const testing::ScratchFolder scratch("killed");
        const std::string folder = scratch.path().string();
        const pid_t window = ::fork();
        if (window == 0) {
            const auto child = ChildProcess::start(
                // There is no reader any more: to say that its "sleep" was terminated would be its end.
                shell("exec > /dev/null 2>&1; cd '" + folder +
                      "'; trap 'touch ended; exit 0' TERM; echo $$ > new; mv new pid; "
                      "while :; do sleep 0.1; done"));
            while (child.ok() && !fs::exists(folder + "/pid")) ::usleep(10'000);
            ::kill(::getpid(), SIGKILL);
        }
        QVERIFY(window > 0);
        QCOMPARE(::waitpid(window, nullptr, 0), window);
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(folder + "/ended"), kLong);
        const std::string process = firstLineIn(folder + "/pid");
        QVERIFY(!process.empty());
        QTRY_VERIFY_WITH_TIMEOUT(isGone(process), kLong);
    }

    void whatALeaderLeavesBehindEnds() {
        const auto child = ChildProcess::start(shell("sleep 1000 > /dev/null 2>&1 & echo $!"));
        QVERIFY(child.ok());
        const std::string left = (*child)->line(kChildPatience).value_or("");
        QVERIFY(!left.empty());
        QTRY_VERIFY_WITH_TIMEOUT((*child)->exitStatus().has_value(), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(isGone(left), kLong);
        (*child)->kill();  // its number may be another's by now: nothing is done
        (*child)->terminate();
    }

    /// All that is in the list, and nothing else.
    void theEnvironmentIsTheList() {
        qputenv("RW_TEST_INHERITED", "no");
        QCOMPARE(outputOf({{"env"}, {"A=1", "B=two words"}}), std::string("A=1\nB=two words\n"));
        QCOMPARE(outputOf({{"env"}, {}}), std::string());
        const auto ours = environmentWithout({"PATH", "RW_TEST"});
        const auto holds = [&ours](const std::string& variable) {
            return std::find(ours.begin(), ours.end(), variable) != ours.end();
        };
        QVERIFY(holds("RW_TEST_INHERITED=no"));  // a name counts as a whole
        for (const std::string& variable : ours) QVERIFY(!variable.starts_with("PATH="));
    }

    void limitsHoldForAllThatItStarts() {
        ProgramLimits limits;
        limits.memory = (std::uint64_t{1} << 30) + 1;
        limits.openFiles = 40;
        limits.processorTime = 6'001;
        limits.coreDumps = false;
        const std::string limited =
            outputOf({{"bash", "-c", "bash -c 'ulimit -v; ulimit -n; ulimit -t; ulimit -c'"},
                      environmentWithout({}),
                      -1,
                      limits});
        QCOMPARE(limited, std::string("1048577\n40\n7\n0\n"));
    }

    /// Words come through the shell that sets limits as they are.
    void limitsLeaveTheWordsAlone() {
        ProgramLimits limits;
        limits.coreDumps = false;
        QCOMPARE(outputOf({{"printf", "<%s>\n", "a b", "$HOME", "'; exit 3; '", ""}, {}, -1, limits}),
                 std::string("<a b>\n<$HOME>\n<'; exit 3; '>\n<>\n"));
    }

    void processorTimeEnds() {
        ProgramLimits limits;
        limits.processorTime = 1;
        const auto said = runProgram(
            {{"bash", "-c", "while :; do :; done"}, environmentWithout({}), -1, limits}, kChildPatience);
        QVERIFY2(said.ok(), said.ok() ? "" : english(said.error()).c_str());
        QCOMPARE(said->status, -1);  // by a signal
    }

    void largeFilesEnd() {
        const testing::ScratchFolder scratch("large_files");
        const fs::path file = scratch.path() / "out";
        ProgramLimits limits;
        limits.fileBytes = 4'000;
        limits.coreDumps = false;
        // A shell of its own: what writes too much is ended by a signal, as the shell tells.
        const std::string words = "head -c 100000 /dev/zero > '" + file.string() + "'; echo $?";
        const std::string said = outputOf({{"bash", "-c", words}, environmentWithout({}), -1, limits});
        QVERIFY2(said.find(std::to_string(128 + SIGXFSZ)) != std::string::npos, said.c_str());
        QCOMPARE(fs::file_size(file), std::uintmax_t{4'096});
    }

    void memoryThatIsNotThereIsTold() {
        ProgramLimits limits;
        limits.memory = std::uint64_t{200} << 20;
        const auto said =
            runProgram({{"bash", "-c", "head -c 1G /dev/zero | tail"}, environmentWithout({}), -1, limits},
                       kChildPatience);
        QVERIFY2(said.ok(), said.ok() ? "" : english(said.error()).c_str());
        QVERIFY(said->status != 0);
    }

    void descriptorsEnd() {
        ProgramLimits limits;
        limits.openFiles = 10;
        const auto said =
            runProgram({{"bash", "-c", "for i in $(seq 30); do exec {fd}</dev/null || exit 7; done"},
                        environmentWithout({}),
                        -1,
                        limits},
                       kChildPatience);
        QVERIFY2(said.ok(), said.ok() ? "" : english(said.error()).c_str());
        QVERIFY(said->status != 0);
    }

    /// Its words are kept up to a bound, and it is not held up by those that are dropped.
    void endlessWordsAreBounded() {
        const auto said =
            runProgram(shell("head -c 20000000 /dev/zero | tr '\\0' x; echo; head -c 100000 /dev/zero >&2"),
                       kChildPatience);
        QVERIFY2(said.ok(), said.ok() ? "" : english(said.error()).c_str());
        QCOMPARE(said->status, 0);
        QVERIFY(said->text.size() > 900'000 && said->text.size() <= std::size_t{1} << 20);
    }

    /// Those of the clock on the wall: it and all that it started are gone then.
    void timeEnds() {
        const testing::ScratchFolder scratch("time_ends");
        const std::string file = scratch.path() / "pid";
        const auto said = runProgram(shell("sleep 1000 & echo $! > '" + file + "'; wait"), 500);
        QVERIFY(!said.ok() && said.error().code == ErrorCode::Io);
        const std::string process = firstLineIn(file);
        if (!process.empty()) QTRY_VERIFY_WITH_TIMEOUT(isGone(process), kLong);
    }

    void whatCanNotBeStarted() {
        const testing::ScratchFolder scratch("not_run");
        const std::string plain = scratch.path() / "plain";
        std::ofstream(plain) << "no program\n";
        for (const bool coreDumps : {true, false}) {
            ProgramLimits limits;
            limits.coreDumps = coreDumps;
            const auto missing = ChildProcess::start({{"/no/such/program"}, {}, -1, limits});
            QVERIFY(!missing.ok() && missing.error().code == ErrorCode::NotFound);
            const auto unknown = ChildProcess::start({{"rw_no_such_program"}, {}, -1, limits});
            QVERIFY(!unknown.ok() && unknown.error().code == ErrorCode::NotFound);
            const auto denied = ChildProcess::start({{plain}, {}, -1, limits});
            QVERIFY(!denied.ok() && denied.error().code == ErrorCode::Denied);
        }
    }
};

QTEST_APPLESS_MAIN(TestChildProcess)
#include "test_child_process.moc"
