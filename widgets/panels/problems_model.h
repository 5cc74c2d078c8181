// The problems of a pipeline, errors before warnings, then notices of its run, and at last parts that are
// only missing yet; within each in the order in which they were found.
#pragma once
#include "widgets/issues/issue_model.h"

namespace rw::ui {

class ProblemsModel : public IssueModel {
    Q_OBJECT
 public:
    /// The document must outlive the model.
    explicit ProblemsModel(const PipelineDocument& document, QObject* parent = nullptr);

    /// Nothing is reset when they are the ones shown already. `calm`: no run was asked for yet, so that a missing
    /// part is no error.
    void set(std::vector<Issue> issues, bool calm);
    int errors() const { return m_errors; }
    int warnings() const { return rowCount() - m_errors - m_notices - m_unfinished; }
    int notices() const { return m_notices; }
    int unfinished() const { return m_unfinished; }
    /// Severity, node, fault and fix.
    QString line(int row) const override;

 protected:
    Sign signOf(int row) const override;
    QString headOfWhat() const override;

 private:
    enum class Rank { Error, Warning, Notice, Unfinished };
    Rank rankOf(const Issue& issue) const;
    int m_errors = 0, m_notices = 0, m_unfinished = 0;
    bool m_calm = false;
};

}  // namespace rw::ui
