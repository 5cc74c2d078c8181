// The fields of one target. There is nothing to confirm: it is told when a field is left and all of them
// make a target; until then what is wrong stands under its field.
#pragma once
#include <QScrollArea>
#include <QStringList>
#include <map>
#include <string>

#include "core/cluster/target.h"
#include "widgets/settings/secret_store.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace rw::ui {

class ConnectionTest;
class TargetRow;
class TokenField;

class TargetForm : public QScrollArea {
    Q_OBJECT
 public:
    explicit TargetForm(const SecretStore& secrets, QWidget* parent = nullptr);

    /// Shows a target as it is stored; `others` are the names that it can't have. What is being typed stays
    /// while it is the same one.
    void setTarget(const Target& target, const QStringList& others);
    /// Tells what was typed last.
    void leaveField();
    void focusName();
    const TokenField& token() const { return *m_token; }
    /// Of the target as it is typed. It has no place in the form: whoever shows the form finds one.
    ConnectionTest& test() const { return *m_test; }

 Q_SIGNALS:
    /// By the person; it can be stored.
    void edited(const rw::Target& target);
    void tokenStored(const QString& target, const QString& entry);
    void tokenNotStored(const QString& what, const QString& mend);
    void settled();  ///< as TokenField::settled()

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QLineEdit* addLine(QVBoxLayout& column, const char* param);
    void addRow(QVBoxLayout& column, const char* param, QWidget* field);
    QWidget* buildFlink();
    QWidget* buildSpark();
    void chooseCaFile();
    void fill();
    Target typed() const;
    Status problemOf(const Target& target) const;
    void refreshProblem();
    void tellIfGood();
    void retranslate();

    const SecretStore m_secrets;
    Target m_target{};
    QStringList m_others{};
    std::map<std::string, TargetRow*> m_rows{};  ///< by the name of their field in the file of targets
    QLineEdit *m_name = nullptr, *m_folder = nullptr;
    QWidget *m_flink = nullptr, *m_spark = nullptr;
    QLineEdit *m_gateway = nullptr, *m_jobManager = nullptr, *m_caFile = nullptr;
    QLineEdit* m_planFolder = nullptr;
    TokenField* m_token = nullptr;
    QCheckBox* m_charts = nullptr;
    QLineEdit *m_submit = nullptr, *m_master = nullptr;
    QPlainTextEdit* m_options = nullptr;
    QLabel* m_state;
    ConnectionTest* m_test;
};

}  // namespace rw::ui
