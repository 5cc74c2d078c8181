// Files that are written beside the old one and take its place, files written in place, and pipes.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>

#include "core/connect/files/file_output.h"
#include "core/connect/files/system_output_files.h"
#include "tests/support/full_disk.h"
#include "tests/support/memory_outputs.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr auto kStaged = FileOutput::Placing::Staged;

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string message(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

bool holds(const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
}

std::map<std::string, std::string> onlyOld(const Folder& folder) {
    return {{folder.path("out"), "old"}};
}

/// Memory that holds the file `out` of the folder, and where `what` fails.
std::shared_ptr<MemoryOutputs> memoryWith(const Folder& folder, const std::string& what, int code) {
    auto files = std::make_shared<MemoryOutputs>();
    files->makeFolder(std::filesystem::path(folder.path("out")).parent_path().native());
    files->put(folder.path("out"), "old");
    files->fails = [what, code](const std::string& tried, const std::string&) {
        return tried == what ? code : 0;
    };
    return files;
}

std::ptrdiff_t filesIn(const Folder& folder) {
    const std::filesystem::directory_iterator files(folder.path("."));
    return std::distance(begin(files), end(files));
}

}  // namespace

class TestFileOutput : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aStagedFileTakesItsPlaceAtTheCommit() {
        Folder folder;
        folder.write("out", "old");
        FileOutput output(folder.path("out"), kStaged);
        QVERIFY(output.open().ok());
        output.setHead("head\n");
        output.buffer() += "new\n";
        QVERIFY(output.flush().ok());
        QCOMPARE(contents(folder.path("out")), std::string("old"));
        QCOMPARE(contents(folder.path(".out.rill-new")), std::string("head\nnew\n"));
        QVERIFY(output.prepare().ok());
        QCOMPARE(contents(folder.path("out")), std::string("old"));
        QVERIFY(output.commit().ok());
        QCOMPARE(contents(folder.path("out")), std::string("head\nnew\n"));
        QCOMPARE(filesIn(folder), 1);
    }
    void anAbortedStagedFileLeavesNothing() {
        Folder folder;
        folder.write("out", "old");
        {
            FileOutput output(folder.path("out"), kStaged);
            QVERIFY(output.open().ok());
            output.buffer() += "new\n";
            QVERIFY(output.prepare().ok());
        }
        QCOMPARE(contents(folder.path("out")), std::string("old"));
        QCOMPARE(filesIn(folder), 1);
    }
    void openingEmptiesNothing() {
        Folder folder;
        folder.write("out", "old");
        {
            FileOutput output(folder.path("out"));
            QVERIFY(output.open().ok());
        }
        QCOMPARE(contents(folder.path("out")), std::string("old"));
    }
    void namesAtTheLimitCanBeStaged() {
        Folder folder;
        const std::string name(255, 'x');
        FileOutput output(folder.path(name.c_str()), kStaged);
        QCOMPARE(message(output.open()), std::string());
        output.buffer() += "new";
        QVERIFY(output.close().ok());
        QCOMPARE(contents(folder.path(name.c_str())), std::string("new"));
        QCOMPARE(filesIn(folder), 1);
    }
    void aLinkThatLeadsNowhereYetIsFollowed() {
        Folder folder;
        QCOMPARE(::symlink("real", folder.path("link").c_str()), 0);
        FileOutput output(folder.path("link"), kStaged);
        QVERIFY(output.open().ok());
        output.buffer() += "new";
        QVERIFY(output.close().ok());
        QVERIFY(std::filesystem::is_symlink(folder.path("link")));
        QCOMPARE(contents(folder.path("real")), std::string("new"));
    }
    void twoCannotWriteOneFile() {
        Folder folder;
        FileOutput first(folder.path("out"), kStaged), second(folder.path("./out"), kStaged);
        QVERIFY(first.open().ok());
        QVERIFY(holds(message(second.open()), "another run of this program"));
        first.buffer() += "first";
        QVERIFY(first.close().ok());
        QCOMPARE(message(second.open()), std::string());
    }
    /// A reader of the file would take the torn row for a whole one.
    void aFullDiskLeavesNoTornRow() {
        Folder folder;
        FileOutput output(folder.path("out"));
        QVERIFY(output.open().ok());
        output.setHead("head\n");
        output.buffer() += "1\n";
        QVERIFY(output.flush().ok());
        while (output.buffer().size() < 300) output.buffer() += "a longer row\n";
        {
            const FullDisk disk;  // takes 100 bytes of it
            QVERIFY(holds(message(output.flush()), "Make room on the disk"));
        }
        output.abort();
        QCOMPARE(contents(folder.path("out")), std::string("head\n1\n"));
    }
    void aFileInPlaceThatIsRemovedIsMadeAnew() {
        Folder folder;
        FileOutput output(folder.path("out"));
        output.setHead("head\n");
        QVERIFY(output.open().ok());
        output.buffer() += "one\n";
        QVERIFY(output.flush().ok() && output.takeNotes().empty());
        std::filesystem::remove(folder.path("out"));
        QVERIFY(output.close().ok());  // also without a further row
        QCOMPARE(contents(folder.path("out")), std::string("head\n"));
        const std::vector<Text> notes = output.takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(holds(english(notes[0]), "was removed while"));
    }
    /// As a rotation of logs does that copies a file and empties it.
    void aFileInPlaceThatIsEmptiedGoesOnAtItsBeginning() {
        Folder folder;
        FileOutput output(folder.path("out"));
        output.setHead("head\n");
        QVERIFY(output.open().ok());
        output.buffer() += "one\n";
        QVERIFY(output.flush().ok());
        for (const char* row : {"two\n", "three\n"}) {
            std::filesystem::resize_file(folder.path("out"), 0);
            output.buffer() += row;
            QVERIFY(output.flush().ok());
            QCOMPARE(contents(folder.path("out")), "head\n" + std::string(row));
        }
        const std::vector<Text> notes = output.takeNotes();
        QCOMPARE(notes.size(), std::size_t{2});
        QVERIFY(holds(english(notes[0]), "was emptied while"));
    }
    void aFileInPlaceThatIsShortenedIsAnError() {
        Folder folder;
        FileOutput output(folder.path("out"));
        QVERIFY(output.open().ok());
        output.buffer() += "one\ntwo\n";
        QVERIFY(output.flush().ok());
        std::filesystem::resize_file(folder.path("out"), 6);
        output.buffer() += "three\n";
        QVERIFY(holds(message(output.flush()),
                      "was shortened while the run wrote it: it has 6 bytes, and had 8"));
        output.abort();
        QCOMPARE(contents(folder.path("out")), std::string("one\ntw"));
    }
    /// It is shortened between the look at it and the writing.
    void whatIsWrittenBehindAnEndThatIsGoneHasNoZeros() {
        Folder folder;
        const auto file = systemOutputFiles()->open(folder.path("out"), "out");
        QVERIFY(file.ok() && (*file)->write("one\n").ok());
        std::filesystem::resize_file(folder.path("out"), 0);
        QVERIFY((*file)->write("two\n").ok());
        QCOMPARE(contents(folder.path("out")), std::string("two\n"));
    }
    void rowsThatOthersAddStay() {
        Folder folder;
        FileOutput output(folder.path("out"));
        QVERIFY(output.open().ok());
        output.buffer() += "one\n";
        QVERIFY(output.flush().ok());
        std::ofstream(folder.path("out"), std::ios::app) << "mine\n";
        output.buffer() += "two\n";
        QVERIFY(output.flush().ok() && output.takeNotes().empty());
        QCOMPARE(contents(folder.path("out")), std::string("one\nmine\ntwo\n"));
    }
    void aStagedFileThatIsShortenedDoesNotTakeItsPlace() {
        Folder folder;
        folder.write("out", "old");
        FileOutput output(folder.path("out"), kStaged);
        QVERIFY(output.open().ok());
        output.buffer() += "one\n";
        QVERIFY(output.flush().ok());
        std::filesystem::resize_file(folder.path(".out.rill-new"), 0);
        output.buffer() += "two\n";
        QVERIFY(holds(message(output.close()), "was changed while the run wrote it"));
        QCOMPARE(contents(folder.path("out")), std::string("old"));
    }
    void aFileThatSomebodyElsePutThereIsNotOverwritten() {
        Folder folder;
        FileOutput output(folder.path("out"));
        QVERIFY(output.open().ok() && output.flush().ok());
        std::filesystem::remove(folder.path("out"));
        folder.write("out", "somebody's");
        output.buffer() += "more";
        QVERIFY(holds(message(output.flush()), "was replaced by another file"));
        output.abort();
        QCOMPARE(contents(folder.path("out")), std::string("somebody's"));
    }
    void aStagedFileThatVanishedIsAnError() {
        Folder folder;
        folder.write("out", "old");
        FileOutput output(folder.path("out"), kStaged);
        QVERIFY(output.open().ok());
        std::filesystem::remove(folder.path(".out.rill-new"));
        QVERIFY(holds(message(output.prepare()), ".out.rill-new” was removed"));
        output.abort();
        QCOMPARE(contents(folder.path("out")), std::string("old"));
    }
    /// An error of a test's files reads as one of the disk, and the old file stays with both.
    void aDiskThatIsFull() {
        Folder folder;
        folder.write("out", "old");
        const std::string text(std::size_t{1} << 20, 'x');
        FileOutput real(folder.path("out"), kStaged);
        QVERIFY(real.open().ok());
        real.buffer() = text;
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 4'096;
        setrlimit(RLIMIT_FSIZE, &small);
        const std::string said = message(real.flush());
        setrlimit(RLIMIT_FSIZE, &before);
        real.abort();
        QVERIFY2(holds(said, (std::strerror(EFBIG) + std::string(". Make room on the disk")).c_str()), said.c_str());
        QCOMPARE(contents(folder.path("out")), std::string("old"));
        QCOMPARE(filesIn(folder), 1);

        const auto files = memoryWith(folder, "write", EFBIG);
        FileOutput simulated(folder.path("out"), kStaged, {.files = files});
        QVERIFY(simulated.open().ok());
        simulated.buffer() = text;
        QCOMPARE(message(simulated.flush()), said);
        simulated.abort();
        QCOMPARE(files->contents(), onlyOld(folder));
    }
    void aRenameThatFails() {
        Folder folder;
        folder.write("out", "old");
        FileOutput real(folder.path("out"), kStaged);
        QVERIFY(real.open().ok() && real.prepare().ok());
        std::filesystem::rename(folder.path("out"), folder.path("kept"));
        std::filesystem::create_directory(folder.path("out"));
        const std::string said = message(real.commit());
        real.abort();
        QVERIFY2(holds(said, "/out” is a folder."), said.c_str());
        QCOMPARE(filesIn(folder), 2);

        const auto files = memoryWith(folder, "rename", EISDIR);
        FileOutput simulated(folder.path("out"), kStaged, {.files = files});
        QVERIFY(simulated.open().ok() && simulated.prepare().ok());
        QCOMPARE(message(simulated.commit()), said);
        simulated.abort();
        QCOMPARE(files->contents(), onlyOld(folder));
    }
    /// Also where SIGPIPE is not ignored, as in the designer: it would end there.
    void aReaderThatWentAwayIsAnError() {
        Folder folder;
        QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
        FileOutput output(folder.path("pipe"), kStaged);
        QVERIFY(output.open().ok());
        const int reader = ::open(folder.path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
        output.buffer() = "a";
        QCOMPARE(message(output.flush()), std::string());
        ::close(reader);
        const auto before = ::signal(SIGPIPE, SIG_DFL);
        output.buffer() = "b";
        const std::string said = message(output.flush());
        ::signal(SIGPIPE, before);
        QVERIFY(holds(said, (std::string("can't be written: ") + std::strerror(EPIPE)).c_str()));
    }

    /// A reader that stopped reading holds a stopped run for half a second.
    void aStalledReaderIsLeft() {
        Folder folder;
        QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
        std::atomic<bool> stopping{false};
        FileOutput output(folder.path("pipe"), kStaged, {.stopping = [&] { return stopping.load(); }});
        QVERIFY(output.open().ok());
        const int reader = ::open(folder.path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
        output.buffer().assign(std::size_t{1} << 20, 'x');
        std::thread stop([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stopping = true;
        });
        const auto began = std::chrono::steady_clock::now();
        const std::string said = message(output.close());
        const auto took = std::chrono::steady_clock::now() - began;
        stop.join();
        ::close(reader);
        QCOMPARE(said, std::string());
        QVERIFY(took > std::chrono::milliseconds(150) && took < std::chrono::seconds(20));
        const std::vector<Text> notes = output.takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(holds(english(notes[0]), "bytes were given up"));
    }
};

QTEST_APPLESS_MAIN(TestFileOutput)
#include "test_file_output.moc"
