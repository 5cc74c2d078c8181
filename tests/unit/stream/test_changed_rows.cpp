// What a checkpoint gets of rows that change while they are copied: all of them as they were at the barrier.
#include <QtTest/QtTest>
#include <map>
#include <random>

#include "core/stream/keys/changed_rows.h"

using namespace rw;

namespace {

/// A state of numbers, whose checkpoints have the rows alone that changed.
class Numbers {
 public:
    void write(const std::vector<std::uint32_t>& rows, int value) {
        for (const std::uint32_t row : rows) {
            if (row >= m_values.size()) m_values.resize(row + 1);
        }
        changed.resize(m_values.size());
        copy(changed.mark(rows));
        for (const std::uint32_t row : rows) m_values[row] = value;
    }
    void barrier(bool whole = false) {
        if (whole) {
            changed.freezeAll();
            m_disk.clear();
        } else {
            changed.freeze();
        }
        m_atBarrier = m_values;
        m_copies.clear();
    }
    void copySome(std::size_t most) {
        std::vector<std::uint32_t> some;
        changed.takeSome(most, some);
        QVERIFY(some.size() <= most);
        copy(some);
    }
    /// What is on the disk then.
    void keep() {
        for (const auto& [row, value] : m_copies) m_disk[row] = value;
    }
    bool isAsAtBarrier() const {
        for (std::size_t row = 0; row < m_atBarrier.size(); ++row) {
            const auto found = m_disk.find(static_cast<std::uint32_t>(row));
            if ((found == m_disk.end() ? 0 : found->second) != m_atBarrier[row]) return false;
        }
        return true;
    }
    std::size_t copies() const { return m_copies.size(); }

    ChangedRows changed{};

 private:
    void copy(std::span<const std::uint32_t> rows) {
        for (const std::uint32_t row : rows) {
            QVERIFY2(m_copies.emplace(row, m_values[row]).second, "no row is copied twice");
        }
    }

    std::vector<int> m_values{}, m_atBarrier{};
    std::map<std::uint32_t, int> m_copies{}, m_disk{};
};

}  // namespace

class TestChangedRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowThatChangesBeforeItsPieceIsCopiedFirst() {
        Numbers numbers;
        numbers.write({0, 1, 2}, 1);
        numbers.barrier();
        numbers.copySome(1);
        numbers.write({1, 1, 0}, 2);
        QCOMPARE(numbers.copies(), std::size_t{2});
        numbers.copySome(10);
        QVERIFY(!numbers.changed.anyFrozen());
        numbers.keep();
        QVERIFY(numbers.isAsAtBarrier());
        QCOMPARE(numbers.changed.changed(), std::size_t{2});
    }

    void onlyWhatChangedIsCopied() {
        Numbers numbers;
        std::vector<std::uint32_t> all(1'000);
        for (std::uint32_t row = 0; row < all.size(); ++row) all[row] = row;
        numbers.write(all, 1);
        numbers.barrier();
        numbers.copySome(all.size());
        numbers.keep();
        numbers.write({7, 900}, 2);
        numbers.barrier();
        numbers.copySome(all.size());
        QCOMPARE(numbers.copies(), std::size_t{2});
        numbers.keep();
        QVERIFY(numbers.isAsAtBarrier());
        // Nothing at all.
        numbers.barrier();
        QVERIFY(!numbers.changed.anyFrozen());
        numbers.keep();
        QVERIFY(numbers.isAsAtBarrier());
    }

    void allRowsAreFrozenAtOnce() {
        for (const std::uint32_t rows : {0U, 1U, 63U, 64U, 65U, 200U}) {
            Numbers numbers;
            std::vector<std::uint32_t> all(rows);
            for (std::uint32_t row = 0; row < rows; ++row) all[row] = row;
            numbers.write(all, 1);
            numbers.barrier(true);
            QCOMPARE(numbers.changed.anyFrozen(), rows > 0);
            numbers.copySome(rows / 2);
            if (rows > 0) numbers.write({rows - 1, rows, rows + 70}, 2);
            numbers.copySome(1'000);
            QCOMPARE(numbers.copies(), std::size_t{rows});
            numbers.keep();
            QVERIFY(numbers.isAsAtBarrier());
        }
    }

    void randomStories() {
        std::mt19937 random(1);
        for (int story = 0; story < 300; ++story) {
            Numbers numbers;
            bool underWay = false;
            for (int step = 0; step < 200; ++step) {
                if (underWay && !numbers.changed.anyFrozen() && random() % 3 == 0) {
                    numbers.keep();
                    QVERIFY(numbers.isAsAtBarrier());
                    underWay = false;
                }
                const auto what = random() % 9;
                if (what < 6) {
                    std::vector<std::uint32_t> rows(random() % 5);
                    for (std::uint32_t& row : rows) row = static_cast<std::uint32_t>(random() % 150);
                    numbers.write(rows, step + 1);
                } else if (what < 8 && underWay) {
                    numbers.copySome(random() % 4);
                } else if (what == 8 && !underWay) {
                    numbers.barrier(random() % 8 == 0);
                    underWay = true;
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestChangedRows)
#include "test_changed_rows.moc"
