// The settings and the variables of the whole pipeline, shown while no node is selected.
#pragma once
#include <QWidget>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"
#include "widgets/theme/while_whole.h"

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace rw::ui {

class ParamRow;
class PipelineDocument;
class RestartRows;
class VariableRows;

class PipelineForm : public QWidget {
    Q_OBJECT
 public:
    explicit PipelineForm(PipelineDocument& document, QWidget* parent = nullptr);

    /// The settings by their names in the file, with those in the form, in its order.
    static std::vector<std::pair<std::string, QString>> namedSettings();
    /// Brings the field of a setting into sight, and gives it the keyboard.
    void focusSetting(const std::string& name);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void leaveField();
    void rebuild();
    void fitLabels();
    /// Those of one value each, in their order; null before the first rebuild().
    std::array<ParamRow*, 7> rows() const;
    static QLineEdit& edit(const ParamRow& row);
    void setTimeZone(const Json& value);
    void setParallelism(const Json& value);
    void setSize(std::string Settings::*size, const Json& value);
    /// The state memory of a pipeline that does not say it.
    static QString usualMemory(std::uint64_t limit);
    /// Of those that Settings::unknown has; null takes it away.
    void setUnknown(const std::string& name, const Json& value);
    void refreshValues();
    void refreshIssues();

    PipelineDocument& m_document;
    int m_zoom;  ///< percent, of the field as it stands
    QVBoxLayout* m_column;
    QLabel* m_title;
    ParamRow *m_timeZone = nullptr, *m_parallelism = nullptr, *m_memoryLimit = nullptr,
             *m_stateMemory = nullptr, *m_checkpointEvery = nullptr, *m_checkpointsKept = nullptr,
             *m_keepInput = nullptr;
    std::optional<Issue> m_wrongParallelism{};  ///< of what stands in its field, which the pipeline has not
    RestartRows* m_restart = nullptr;
    VariableRows* m_variables = nullptr;
    WhileWhole m_whileWhole{};
};

}  // namespace rw::ui
