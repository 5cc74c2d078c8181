// Nodes whose state is in pages, against the same in memory: no budget, checkpoint, number of instances or
// full disk changes what they compute.
#include <QtTest/QtTest>

#include <cerrno>

#include "core/data/state_reader.h"
#include "core/store/spill_folder.h"
#include "core/store/state_memory.h"
#include "core/stream/changing_state.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/random_cases.h"
#include "tests/unit/paged/paged_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Table = CheckpointedGroup::Table;

Table inMemory(PagedCase& tried) {
    CheckpointedGroup group(tried.kind(), tried.bound(), tried.context(0), 1);
    group.run(tried.events(), tried.random(), false);
    return group.status().ok() ? group.table() : Table{{english(group.status().error().message), 1}};
}

/// “row: 2 instead of 1” for the first rows that differ.
std::string difference(const Table& found, const Table& expected) {
    std::string said;
    int left = 5;
    Table all = found;
    all.insert(expected.begin(), expected.end());
    for (const auto& entry : all) {
        const auto times = [&entry](const Table& of) {
            return of.contains(entry.first) ? of.at(entry.first) : 0;
        };
        if (times(found) == times(expected) || left-- <= 0) continue;
        said += "\n" + entry.first + ": " + std::to_string(times(found)) + " instead of " +
                std::to_string(times(expected));
    }
    return said;
}

void addShapes() {
    QTest::addColumn<int>("shape");
    for (std::size_t i = 0; i < pagedNodeShapes().size(); ++i)
        QTest::addRow("%s", pagedNodeShapes()[i].name) << static_cast<int>(i);
}

const PagedNodeShape& fetched() {
    QFETCH(int, shape);
    return pagedNodeShapes()[static_cast<std::size_t>(shape)];
}

}  // namespace

class TestPagedProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void filesChangeNoTable_data() { addShapes(); }
    void filesChangeNoTable() {
        const PagedNodeShape& shape = fetched();
        for (const std::uint32_t seed : seedsOf(suites::PagedNodes)) {
            PagedCase tried(shape, seed);
            const Table expected = inMemory(tried);
            m_rows += expected.size();
            CheckpointedGroup group(tried.kind(), tried.bound(), tried.context(1 + tried.pick(60'000)), 1);
            const auto& events = tried.events();
            group.run({events.begin(), events.end() - 3}, tried.random(), false);
            m_spilled += group.first().stateSize().spilled;
            group.run(events, tried.random(), false);
            QVERIFY2(group.status().ok(), tried.named().c_str());
            QVERIFY2(group.table() == expected,
                     (tried.named() + difference(group.table(), expected)).c_str());
        }
        m_triedFiles = true;
    }

    void checkpointsChangeNoTable_data() { addShapes(); }
    void checkpointsChangeNoTable() {
        const PagedNodeShape& shape = fetched();
        for (const std::uint32_t seed : seedsOf(suites::PagedCheckpoints)) {
            PagedCase tried(shape, seed);
            const Table expected = inMemory(tried);
            // Some runs have more memory, or none but that of others.
            StateMemory more(tried.pick(100'000));
            MakeContext context = tried.context(tried.pick(5) == 0 ? 0 : 1 + tried.pick(60'000));
            if (context.spill && tried.pick(2) == 0) context.moreStateMemory = &more;
            context.namesRuns = context.spill && tried.pick(3) > 0;
            CheckpointedGroup group(tried.kind(), tried.bound(), context,
                                    static_cast<int>(1 + tried.pick(4)));
            group.run(tried.events(), tried.random(), true);
            QVERIFY2(group.status().ok(),
                     (tried.named() + (group.status().ok() ? "" : english(group.status().error().message)))
                         .c_str());
            QVERIFY2(group.table() == expected,
                     (tried.named() + difference(group.table(), expected)).c_str());
            m_goneBack += group.goneBack();
            m_named += group.filesNamed();
        }
        m_triedCheckpoints = true;
    }

    /// Where nobody asked for files all stays in memory; else the run ends, and goes on from its checkpoint.
    void aFullDiskChangesNoTable_data() { addShapes(); }
    void aFullDiskChangesNoTable() {
        const PagedNodeShape& shape = fetched();
        for (const std::uint32_t seed : seedsOf(suites::PagedFullDisks)) {
            PagedCase tried(shape, seed);
            const Table expected = inMemory(tried);
            const bool asked = tried.pick(3) == 0;
            const auto disk = std::make_shared<MemoryOutputs>();
            const char* const calls[] = {"create", "write", "close"};
            const std::string call = calls[tried.pick(3)];
            int left = static_cast<int>(tried.pick(40));
            disk->fails = [&](const std::string& what, const std::string&) {
                return call == what && left-- <= 0 ? ENOSPC : 0;
            };
            MakeContext context = tried.context(1 + tried.pick(20'000), disk);
            SpillFolderOptions options;
            options.optional = true;
            if (!asked) context.spill = *SpillFolder::open(disk, MemoryFiles(), "/other", options);
            CheckpointedGroup group(tried.kind(), tried.bound(), context, 2);
            group.run(tried.events(), tried.random(), true);
            m_full += left < 0 ? 1 : 0;
            if (asked && left < 0) {
                QVERIFY2(!group.status().ok(), tried.named().c_str());
                QCOMPARE(group.status().error().code, ErrorCode::Io);
                continue;
            }
            QVERIFY2(group.status().ok(), tried.named().c_str());
            QVERIFY2(group.table() == expected,
                     (tried.named() + difference(group.table(), expected)).c_str());
            m_told += group.notes().size();
        }
        m_triedFullDisks = true;
    }

    /// A page is neither left out nor taken for an empty one.
    void aDamagedFileEndsTheRun_data() { addShapes(); }
    void aDamagedFileEndsTheRun() {
        PagedCase tried(fetched(), 3);
        const auto disk = std::make_shared<MemoryOutputs>();
        CheckpointedGroup group(tried.kind(), tried.bound(), tried.context(1, disk), 1);
        group.run({tried.events().begin(), tried.events().begin() + 60}, tried.random(), false);
        QVERIFY(group.status().ok());
        QVERIFY(group.first().stateSize().spilled > 0);
        for (auto [path, bytes] : disk->contents()) {
            for (char& byte : bytes) byte = static_cast<char>(byte ^ 1);
            disk->put(path, bytes);
        }
        StateWriter out;
        QVERIFY(!group.first().snapshot(out).ok());
        auto& changing = dynamic_cast<ChangingState&>(group.first());
        changing.freeze(true);
        for (int pieces = 0; changing.writing().ok() && pieces < 10'000; ++pieces)
            QVERIFY(changing.writePiece(out));
        QVERIFY(!changing.writing().ok());
        group.run(tried.events(), tried.random(), false);
        QVERIFY(!group.status().ok());
    }

    /// An operator may take more than its share without any key.
    void anEmptyStateDoesNotGoToAndFro_data() { addShapes(); }
    void anEmptyStateDoesNotGoToAndFro() {
        PagedCase tried(fetched(), 1);
        CheckpointedGroup group(tried.kind(), tried.bound(), tried.context(1), 1);
        group.run({Instant{5}, Instant{9}, kMaxTimestamp}, tried.random(), false);
        QVERIFY(group.status().ok());
        QVERIFY(!group.first().hasMore());
    }

    /// A state in memory is written by change; from the first page on each checkpoint has all.
    void pagesAreWrittenAsAWhole() {
        PagedCase tried(pagedNodeShapes().front(), 1);
        CheckpointedGroup group(tried.kind(), tried.bound(), tried.context(20'000), 1);
        auto& changing = dynamic_cast<ChangingState&>(group.first());
        QVERIFY(changing.needsWhole());
        StateWriter out;
        changing.freeze(true);
        while (changing.writePiece(out)) {
        }
        QVERIFY(!changing.needsWhole());
        group.run({tried.events().begin(), tried.events().begin() + 60}, tried.random(), false);
        QVERIFY(group.first().stateSize().spilled > 0);
        QVERIFY(changing.needsWhole());
    }
    /// Of all shapes together, of which each has few cases.
    void cleanupTestCase() {
        QVERIFY(!m_triedFiles || (m_rows > 0 && m_spilled > 0));
        QVERIFY(!m_triedCheckpoints || (m_goneBack > 0 && m_named > 0));
        QVERIFY(!m_triedFullDisks || (m_full > 0 && m_told > 0));
    }

 private:
    bool m_triedFiles = false, m_triedCheckpoints = false, m_triedFullDisks = false;
    std::size_t m_rows = 0, m_spilled = 0;    ///< of results; bytes in files
    std::size_t m_goneBack = 0, m_named = 0;  ///< times; files
    std::size_t m_full = 0, m_told = 0;       ///< disks; notes
};

QTEST_APPLESS_MAIN(TestPagedProperty)
#include "test_paged_property.moc"
