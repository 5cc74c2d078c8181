// The steps of a test as a table: a line of words for each, and below it its rows with the names of their
// columns.
#pragma once
#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "widgets/pipeline_tests/step_columns.h"
#include "widgets/pipeline_tests/test_runner.h"
#include "widgets/pipeline_tests/test_store.h"

namespace rw::ui {

class PipelineDocument;

/// A line of the table.
struct StepLine {
    enum class Kind { Words, Columns, Row } kind = Kind::Words;
    std::size_t step = 0, row = 0;
    bool operator==(const StepLine&) const = default;
};

class StepsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    static constexpr int kNumber = 0;  ///< the column of row numbers; cells follow

    /// The document must outlive it: of it are titles and columns.
    explicit StepsModel(const PipelineDocument& document) : m_document(document) {}

    /// The test of that name (nothing where there is none); `result`: of this test, else null. Nothing is
    /// reset while there are the same lines.
    void set(const TestFileRef& file, const std::string& name, TestResultRef result);
    void refresh();  ///< after a change of language, theme or pipeline

    const PipelineTest* test() const { return m_test; }  ///< null: none
    /// Null: there is no such line.
    const StepLine* line(int row) const;
    int lineOf(const StepLine& line) const;  ///< -1: there is none
    const std::vector<StepColumn>& columnsOfStep(std::size_t step) const { return m_columns[step]; }
    /// How many cells a row of that step has.
    std::size_t cellsOf(std::size_t step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
    /// A person typed something into a cell.
    void typed(std::size_t step, std::size_t row, std::size_t column, const QString& text);

 private:
    const Json* cell(const StepLine& line, int column) const;
    QVariant wordsData(const StepLine& line, int role) const;
    /// Behind the cells of a row of a source with event time: the watermark after it.
    bool isWatermark(std::size_t step, int column) const;
    QVariant watermarkData(const StepLine& line, int role) const;
    QVariant columnsData(const StepLine& line, int column, int role) const;
    const TestFailure* failureOf(std::size_t step) const;

    const PipelineDocument& m_document;
    TestFileRef m_file{};
    const PipelineTest* m_test = nullptr;  ///< in m_file
    TestResultRef m_result{};
    std::vector<std::vector<StepColumn>> m_columns{};  ///< by step
    std::vector<std::vector<std::optional<Instant>>> m_watermarks{};  ///< by step and row
    std::vector<StepLine> m_lines{};
    std::size_t m_mostCells = 0;
};

}  // namespace rw::ui
