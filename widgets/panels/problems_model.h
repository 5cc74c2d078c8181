// The problems of a pipeline, errors before warnings; within both in the order in which they were found.
#pragma once
#include "widgets/panels/issue_model.h"

namespace rw::ui {

class ProblemsModel : public IssueModel {
    Q_OBJECT
 public:
    /// The document must outlive the model.
    explicit ProblemsModel(const PipelineDocument& document, QObject* parent = nullptr);

    /// Nothing is reset when they are the ones shown already.
    void set(std::vector<Issue> issues);
    int errors() const { return m_errors; }
    int warnings() const { return rowCount() - m_errors; }
    /// Severity, node, what and how to fix it.
    QString line(int row) const override;

 protected:
    Sign signOf(int row) const override;
    QString headOfWhat() const override;

 private:
    int m_errors = 0;
};

}  // namespace rw::ui
