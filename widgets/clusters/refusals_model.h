// Why nothing was compared: a row per refusal, or the error of a comparison.
#pragma once
#include "core/compare/compare.h"
#include "widgets/issues/issue_model.h"

namespace rw::ui {

class RefusalsModel : public IssueModel {
    Q_OBJECT
 public:
    /// The document must outlive the model.
    explicit RefusalsModel(const PipelineDocument& document, QObject* parent = nullptr);

    // Nothing is reset when they are the ones shown already.
    void set(const std::vector<CompareRefusal>& refusals);
    void set(const Error& failure);
    /// Fault, node, and action.
    QString line(int row) const override;

 protected:
    Sign signOf(int row) const override;
    QString headOfWhat() const override;
};

}  // namespace rw::ui
