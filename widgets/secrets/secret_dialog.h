// The question for secrets that nothing holds, before something that needs them begins.
#pragma once
#include <QDialog>
#include <vector>

#include "core/connect/connections/needed_secrets.h"

class QLineEdit;
class QPushButton;

namespace rw::ui {

/// Accepted: each was typed, and typedSecrets() has it. Rejected: none was kept, and what needs them is not
/// to begin. Nothing that was typed is shown, or can be copied.
class SecretDialog : public QDialog {
    Q_OBJECT
 public:
    /// What they are needed for.
    enum class For { Run, Deployment, Check, Listening };
    /// `needed`: one at least, as toBeTyped() gives them. `pipeline`: its name for the user.
    SecretDialog(std::vector<NeededSecret> needed, const QString& pipeline, QWidget* parent,
                 For purpose = For::Run);

    void accept() override;

 private:
    struct Field {
        SecretRef where{};
        QLineEdit* edit = nullptr;
    };
    QWidget* block(const NeededSecret& needed);
    void follow();
    QString head() const;
    QString agreement() const;
    QString refusal() const;

    const For m_purpose;
    const QString m_pipeline;
    std::vector<Field> m_fields{};
    QPushButton* m_agree = nullptr;
};

}  // namespace rw::ui
