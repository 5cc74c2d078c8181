// The verdicts of another engine on each node, the worst first; equal ones in the order of the pipeline. A
// node without a remark has a row, too. Before them all are the refusals of a cluster.
#pragma once
#include "core/deploy/verdict.h"
#include "widgets/issues/issue_model.h"

namespace rw {
struct Translation;
}

namespace rw::ui {

class VerdictsModel : public IssueModel {
    Q_OBJECT
 public:
    /// The document must outlive the model.
    explicit VerdictsModel(const PipelineDocument& document, QObject* parent = nullptr);

    /// Null: no rows but those of `refusals`. Nothing is reset when they are the ones shown already.
    void set(const Translation* translation, const std::vector<Issue>& refusals = {});
    Verdict verdict(int row) const { return m_verdicts[static_cast<std::size_t>(row)]; }
    /// Remark with its verdict, node, and action.
    QString line(int row) const override;

 protected:
    Sign signOf(int row) const override;
    QString headOfWhat() const override;

 private:
    const PipelineDocument& m_document;
    std::vector<Verdict> m_verdicts;  ///< of the rows; but for refusals an issue's message begins with it
    int m_refusals = 0;               ///< the first rows are these
};

}  // namespace rw::ui
