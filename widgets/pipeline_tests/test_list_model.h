// The tests of a pipeline with what came of them.
#pragma once
#include <QAbstractListModel>
#include <vector>

#include "widgets/pipeline_tests/test_runner.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

enum class TestState {
    NotYet,   ///< it was not run
    Waiting,  ///< it will be, in a moment
    Running,
    Passed,
    Slow,  ///< it passed, and took long
    Failed,
    NotRun  ///< it could not be run
};

struct TestCount {
    std::size_t passed = 0, failed = 0, notRun = 0, open = 0;
};

class TestListModel : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr int kCaptionRole = Qt::UserRole + 1;  ///< the state in words
    static constexpr int kTimeRole = Qt::UserRole + 2;     ///< how long it took
    static constexpr int kIconRole = Qt::UserRole + 3;     ///< the name of an icon
    static constexpr int kColorRole = Qt::UserRole + 4;    ///< a ColorRole as a number
    static constexpr int kOlderRole = Qt::UserRole + 5;    ///< the result is of an older pipeline or test

    /// Must outlive it.
    explicit TestListModel(const TestRunner& runner) : m_runner(runner) {}

    /// Resets only where names are others.
    void set(const std::vector<PipelineTest>& tests);
    void refresh();

    TestState stateOf(const std::string& name) const;
    TestCount count() const;
    int rowOf(const std::string& name) const;  ///< -1: there is none
    const std::string& nameAt(int row) const { return m_tests[static_cast<std::size_t>(row)].name; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    struct Entry {
        std::string name{};
        bool older = false;  ///< as TestRunner::isOlder()
    };
    QString captionOf(const Entry& test) const;

    const TestRunner& m_runner;
    std::vector<Entry> m_tests{};
};

}  // namespace rw::ui
