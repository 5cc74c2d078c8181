// Group into subflow: asks for the name of the file, and says what it will hold.
#pragma once
#include <QDialog>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/grouping/group.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace rw::ui {

class FormRow;
class PipelineDocument;

class GroupDialog : public QDialog {
    Q_OBJECT
 public:
    /// The pipeline has a file, and the nodes can be grouped.
    GroupDialog(PipelineDocument& document, std::vector<NodeId> nodes, QWidget* parent);

    QString fileName() const;  ///< with its ending

 private:
    void check();
    void describe(const Group& group);

    PipelineDocument& m_document;
    const std::vector<NodeId> m_nodes;
    QLineEdit* m_name;
    FormRow* m_row;
    QLabel* m_words;
    QPushButton* m_group;
};

/// What would come of the pipeline as it is now, or why nothing can.
Result<Group> groupOf(const PipelineDocument& document, const std::vector<NodeId>& nodes,
                      const QString& name);

/// Writes the nodes to `name` beside the pipeline and puts the subflow in their place, in one step of undo,
/// which leaves the file. Selects it. No file is overwritten.
Status groupInto(PipelineDocument& document, const std::vector<NodeId>& nodes, const QString& name);

}  // namespace rw::ui
