// Below a pattern: a few rows, and beside each the variable that it matches. Tried anew after each change.
#pragma once
#include <QTimer>
#include <memory>

#include "core/base/status.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"
#include "widgets/inspector/trials/pattern_trial.h"
#include "widgets/inspector/trials/trial_box.h"
#include "widgets/inspector/trials/trial_memory.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class InputRows;
class PipelineDocument;
class RunSession;

class PatternTrialBox final : public TrialBox {
    Q_OBJECT
 public:
    static constexpr int kSettleMillis = 300;  ///< after a change, which may be followed by others

    /// All but `session`, which may be null, must outlive it.
    PatternTrialBox(PipelineDocument& document, RunSession* session, NodeId node, TrialMemory& memory,
                    QWidget* parent = nullptr);
    ~PatternTrialBox() override;

    void refresh() override;

 private:
    void begin();
    void cancel();
    void take(const Result<PatternTrialReport>& report);
    void say(const QString& words, bool warns);

    PipelineDocument& m_document;
    const NodeId m_node;
    const std::shared_ptr<TypedCells> m_cells;
    InputRows* m_input;
    QLabel *m_head, *m_result;
    TypedRows* m_rows;
    QPushButton* m_take;
    QTimer m_soon{};
    Worker m_worker{};
    Latest m_trial{this};
};

}  // namespace rw::ui
