// The Portability panel: the verdict of the engine that is chosen in the tool bar on each node, with reasons,
// conditions and ways out; and before them the refusals of a cluster, until the document changes. Its count
// is of the nodes that are not the same there and of the refusals: those are to be looked at.
#pragma once
#include <vector>

#include "core/pipeline/issue.h"
#include "widgets/clusters/verdicts_model.h"
#include "widgets/pane/pane.h"

class QLabel;
class QStackedLayout;

namespace rw::ui {

class Chip;
class EmptyState;
class IssueList;
class PortabilityCheck;

class PortabilityPanel final : public Pane {
    Q_OBJECT
 public:
    explicit PortabilityPanel(const PaneParts& parts);

    const VerdictsModel& model() const { return m_model; }
    QString title() const override;
    /// A chip with the engine and its verdict on the whole.
    QWidget* tools() const override { return m_tools; }
    /// Lists the refusals of a cluster of that name, and goes to the first; none: it refused
    /// nothing.
    void setRefusals(const QString& target, std::vector<Issue> refusals);

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void onDocument(const DocumentChange& change);
    void refresh();
    void list();
    void showWhole();
    int notTheSame() const;

    PipelineDocument& m_document;
    const PortabilityCheck& m_portability;
    VerdictsModel m_model;
    IssueList* m_list;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    QWidget* m_tools;
    Chip* m_whole;
    QLabel *m_goText, *m_fixText;
    QString m_refusing;  ///< the name of the cluster that refused these
    std::vector<Issue> m_refusals;
};

}  // namespace rw::ui
