// A function in Python: its editor, also in a window of its own. Where the code is in a file, its text is
// shown and can't be changed.
#pragma once
#include <QPointer>

#include "widgets/inspector/fields/param_field.h"

class QDialog;
class QLabel;
class QPushButton;

namespace rw::ui {

class PythonEdit;
struct LineMark;

class PythonField final : public ParamField {
    Q_OBJECT
 public:
    explicit PythonField(const ParamSpec& spec);
    ~PythonField() override;

    void setValue(const Json& value) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    QWidget* headTool() override;

    /// Shows the text of a file instead, with these words above it; the value is kept. Empty words: the value
    /// again.
    void showFile(const QString& words, const QString& text);
    /// Lines that something is said about, in both windows.
    void setMarks(const std::vector<LineMark>& marks);
    PythonEdit& edit() { return *m_edit; }

 private:
    void openWindow();
    void tell(const QString& text);

    QPushButton* m_open;
    QLabel* m_file;
    PythonEdit* m_edit;
    QPointer<QDialog> m_window{};
    QPointer<PythonEdit> m_wide{};
    QString m_code{};  ///< the value
    bool m_showsFile = false;
};

}  // namespace rw::ui
