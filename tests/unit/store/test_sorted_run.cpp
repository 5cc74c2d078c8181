// Files of spilled state: what is read is what was written, or an error; they are gone when nobody needs
// them.
#include <QDir>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <cerrno>

#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/store/sorted_run.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Sections of two key groups, the first of which has two.
struct Written {
    explicit Written(std::shared_ptr<MemoryOutputs> outputs = std::make_shared<MemoryOutputs>())
        : disk(std::move(outputs)), folder(*SpillFolder::open(disk, MemoryFiles(), "/state")) {}

    Result<std::unique_ptr<SortedRun>> write() {
        RW_TRY_ASSIGN(const std::unique_ptr<SortedRunWriter> writer, SortedRunWriter::create(folder));
        RW_TRY(writer->add(3, 2, "three"));
        RW_TRY(writer->add(3, 1, std::string(1'000'000, 'x')));
        RW_TRY(writer->add(200, 7, "two hundred"));
        return writer->finish();
    }
    std::string path() const { return disk->contents().begin()->first; }

    std::shared_ptr<MemoryOutputs> disk;
    std::shared_ptr<SpillFolder> folder;
};

void flip(std::string& bytes, std::size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
}

}  // namespace

class TestSortedRun : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatWasWrittenIsRead() {
        Written written;
        const auto run = written.write();
        QVERIFY(run.ok());
        const auto sections = (*run)->sections();
        QCOMPARE(sections.size(), std::size_t{3});
        QCOMPARE(sections[0].keyGroup, 3);
        QCOMPARE(sections[2].keyGroup, 200);
        QCOMPARE(sections[2].items, std::uint32_t{7});
        QCOMPARE(*(*run)->read(sections[2]), std::string("two hundred"));
        QCOMPARE(*(*run)->read(sections[0]), std::string("three"));
        QCOMPARE(*(*run)->read(sections[1]), std::string(1'000'000, 'x'));
        QCOMPARE((*run)->items(), std::uint64_t{10});
        QCOMPARE((*run)->bytes(), std::uint64_t{1'000'016});
        QCOMPARE(written.disk->contents().begin()->second.size(), std::size_t{1'000'016});
    }

    void aRunWithoutSectionsIsEmpty() {
        Written written;
        const auto writer = SortedRunWriter::create(written.folder);
        const auto run = (*writer)->finish();
        QVERIFY(run.ok());
        QVERIFY((*run)->sections().empty());
    }

    void aCheckpointKeepsTheFileUnderAnotherName() {
        Written written;
        auto run = written.write();
        const SavedRun saved = (*run)->saved();
        const std::string kept = "/checkpoints/" + saved.file;
        QVERIFY(written.disk->link((*run)->path(), kept, kept).ok());
        *run = nullptr;
        QCOMPARE(written.disk->contents().size(), std::size_t{1});
        {
            const auto again = SortedRun::takeOver(written.folder, kept, saved);
            QVERIFY(again.ok());
            QVERIFY((*again)->saved().name == saved.name && (*again)->saved().file == saved.file);
            written.disk->remove(kept);
            QCOMPARE(*(*again)->read((*again)->sections()[2]), std::string("two hundred"));
        }
        QVERIFY(written.disk->contents().empty());
    }

    void someSectionsOfAFileHaveANameOfTheirOwn() {
        Written written;
        const auto run = written.write();
        SavedRun some = (*run)->saved();
        const std::string all = some.name;
        some.sections.erase(some.sections.begin(), some.sections.begin() + 2);
        const SavedRuns runs{"/checkpoints", written.disk};
        QVERIFY(written.disk->link((*run)->path(), runs.pathOf(some), {}).ok());
        const auto opened = runs.open(some);
        QCOMPARE(opened->items(), std::uint64_t{7});
        QCOMPARE(opened->bytes(), std::uint64_t{11});
        QVERIFY(opened->saved().name != all);
        QCOMPARE(opened->saved().file, all);
        QCOMPARE(opened->saved().fileBytes, (*run)->bytes());
        QCOMPARE(*opened->read(opened->sections()[0]), std::string("two hundred"));
    }

    void aTableOfContentsIsReadBack() {
        Written written;
        const auto run = written.write();
        const SavedRun saved = (*run)->saved();
        const auto readBack = [](const SavedRun& from) -> Result<SavedRun> {
            StateWriter writer;
            from.write("run", writer);
            const std::string bytes = writer.finish();
            RW_TRY_ASSIGN(const StateReader reader, StateReader::open(bytes));
            RW_TRY_ASSIGN(const auto files, reader.files());
            return SavedRun::read(files.at(0).second);
        };
        const auto back = readBack(saved);
        QVERIFY(back.ok());
        QVERIFY(back->sections == saved.sections && back->fileBytes == saved.fileBytes);
        QVERIFY(back->name == saved.name && back->file == saved.file);
        SavedRun broken = saved;
        broken.fileBytes -= 1;
        QVERIFY(!readBack(broken).ok());
        broken = saved;
        std::swap(broken.sections[0], broken.sections[2]);
        QVERIFY(!readBack(broken).ok());
        for (const char* file : {"", "x.run", "../0123456789abcdef0123456789abc.run"}) {
            broken = saved;
            broken.file = file;
            QVERIFY(!readBack(broken).ok());
        }
    }

    void aFileOfACheckpointThatHasChangedIsNamed() {
        Written written;
        const auto run = written.write();
        const SavedRuns runs{"/checkpoints", written.disk};
        const SavedRun saved = (*run)->saved();
        std::string bytes = written.disk->contents().begin()->second;
        flip(bytes, 2);
        written.disk->put(runs.pathOf(saved), bytes);
        const auto opened = runs.open(saved);
        const auto read = opened->read(opened->sections()[0]);
        QVERIFY(!read.ok());
        QVERIFY(english(read.error()).find(runs.pathOf(saved)) != std::string::npos);
        QVERIFY(opened->read(opened->sections()[2]).ok());
    }

    void whatCantBeLinkedLeavesNoFile() {
        Written written;
        const auto run = written.write();
        const SavedRun saved = (*run)->saved();
        written.disk->fails = [](const std::string& what, const std::string&) {
            return what == "link" ? ENOSPC : 0;
        };
        QVERIFY(!SortedRun::takeOver(written.folder, (*run)->path(), saved).ok());
        QCOMPARE(written.disk->contents().size(), std::size_t{1});
    }

    void aFileIsGoneWithItsRun() {
        Written written;
        {
            const auto first = written.write();
            const auto second = written.write();
            QCOMPARE(written.disk->contents().size(), std::size_t{2});
        }
        QVERIFY(written.disk->contents().empty());
    }

    void aFileThatWasChangedIsAnError_data() {
        QTest::addColumn<int>("section");
        QTest::addColumn<int>("keeps");
        QTest::addColumn<int>("flips");
        QTest::newRow("cut") << 2 << 1'000'010 << -1;
        QTest::newRow("cut between sections") << 2 << 1'000'005 << -1;
        QTest::newRow("empty") << 0 << 0 << -1;
        QTest::newRow("flipped") << 0 << 1'000'016 << 4;
        QTest::newRow("flipped in the middle") << 1 << 1'000'016 << 500'000;
    }
    void aFileThatWasChangedIsAnError() {
        QFETCH(int, section);
        QFETCH(int, keeps);
        QFETCH(int, flips);
        Written written;
        const auto run = written.write();
        std::string content = written.disk->contents().begin()->second;
        content.resize(static_cast<std::size_t>(keeps));
        if (flips >= 0) flip(content, static_cast<std::size_t>(flips));
        written.disk->put(written.path(), content);
        const auto read = (*run)->read((*run)->sections()[static_cast<std::size_t>(section)]);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::Io);  // a run resumes from its checkpoint then
        QVERIFY(english(read.error()).find(written.path()) != std::string::npos);
    }

    void aFileThatIsGoneIsAnError() {
        Written written;
        const auto run = written.write();
        written.disk->remove(written.path());
        const auto read = (*run)->read((*run)->sections().front());
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::Io);
    }

    void aReaderOpensTheFileOnce() {
        const QTemporaryDir top;
        const auto folder = SpillFolder::open(systemOutputFiles(), *systemFiles(), top.path().toStdString());
        const auto writer = SortedRunWriter::create(*folder);
        for (int keyGroup = 0; keyGroup < 3; ++keyGroup)
            QVERIFY((*writer)->add(keyGroup, 1, std::string(10, static_cast<char>('a' + keyGroup))).ok());
        const auto run = (*writer)->finish();
        QVERIFY(run.ok());
        SortedRun::Reader reader(**run);
        QCOMPARE(*reader.read((*run)->sections()[1]), std::string(10, 'b'));
        const QStringList files = QDir(top.path()).entryList(QDir::Files);
        QVERIFY(files.size() == 1 && QFile::remove(top.filePath(files.front())));
        QCOMPARE(*reader.read((*run)->sections()[0]), std::string(10, 'a'));
        QCOMPARE(*reader.read((*run)->sections().subspan(1)), std::string(10, 'b') + std::string(10, 'c'));
        QVERIFY(!(*run)->read((*run)->sections()[0]).ok());
    }

    void otherSectionsOfADamagedFileAreRead() {
        Written written;
        const auto run = written.write();
        std::string content = written.disk->contents().begin()->second;
        flip(content, 2);
        written.disk->put(written.path(), content);
        QVERIFY(!(*run)->read((*run)->sections()[0]).ok());
        QVERIFY((*run)->read((*run)->sections()[2]).ok());
    }

    void aDiskThatIsFullIsAnErrorThatLeavesNoFile_data() {
        QTest::addColumn<QString>("call");
        QTest::newRow("create") << "create";
        QTest::newRow("write") << "write";
        QTest::newRow("close") << "close";
    }
    void aDiskThatIsFullIsAnErrorThatLeavesNoFile() {
        QFETCH(QString, call);
        Written written;
        written.disk->fails = [&call](const std::string& what, const std::string&) {
            return call == QString::fromStdString(what) ? ENOSPC : 0;
        };
        const auto run = written.write();
        QVERIFY(!run.ok());
        QCOMPARE(run.error().code, ErrorCode::Io);
        QVERIFY(!run.error().fix.empty());
        QVERIFY(written.disk->contents().empty());
        written.disk->fails = [](const std::string&, const std::string&) { return 0; };
        QVERIFY(written.write().ok());  // there is room again
    }

    void aFileOnTheDiskIsWrittenAndRead() {
        const QTemporaryDir top;
        const auto folder = SpillFolder::open(systemOutputFiles(), *systemFiles(), top.path().toStdString());
        QVERIFY(folder.ok());
        const auto writer = SortedRunWriter::create(*folder);
        QVERIFY(writer.ok());
        for (int keyGroup = 0; keyGroup < 256; ++keyGroup)
            QVERIFY((*writer)->add(keyGroup, 1, std::string(5'000, static_cast<char>(keyGroup))).ok());
        auto run = (*writer)->finish();
        QVERIFY(run.ok());
        for (const SortedRun::Section& section : (*run)->sections())
            QCOMPARE(*(*run)->read(section), std::string(5'000, static_cast<char>(section.keyGroup)));
        QCOMPARE(QDir(top.path()).entryList(QDir::Files).size(), 1);
        *run = nullptr;
        QCOMPARE(QDir(top.path()).entryList(QDir::Files).size(), 0);
    }
};

QTEST_APPLESS_MAIN(TestSortedRun)
#include "test_sorted_run.moc"
