// What came in place of what a test expects: for each expectation that was not met its words, and the rows
// that are missing (−), unexpected (+) and changed (≠).
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "widgets/pipeline_tests/test_runner.h"

namespace rw::ui {

class PipelineDocument;

class TestDifferenceModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr int kMark = 0;  ///< the column of the marks; cells follow

    /// The document must outlive it: of it are titles.
    explicit TestDifferenceModel(const PipelineDocument& document) : m_document(document) {}

    /// Whether it is another one.
    bool set(TestResultRef result);
    /// The first cell that differs in a row that is changed; invalid: there is none.
    QModelIndex firstChange() const;
    void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    struct Line {
        enum class Kind { Words, Columns, Row, More } kind = Kind::Words;
        std::size_t failure = 0, row = 0;
    };
    const TestFailure& failureOf(const Line& line) const { return m_result->outcome.failures[line.failure]; }
    QString wordsOfLine(const Line& line) const;
    QVariant lineData(const Line& line, int role) const;
    QVariant columnsData(const Line& line, int column, int role) const;
    QVariant rowData(const Line& line, int column, int role) const;

    const PipelineDocument& m_document;
    TestResultRef m_result{};
    std::vector<Line> m_lines{};
    std::size_t m_mostCells = 0;
};

}  // namespace rw::ui
