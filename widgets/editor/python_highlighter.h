// Colours Python while it is typed.
#pragma once
#include <QSyntaxHighlighter>

namespace rw::ui {

class PythonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
 public:
    explicit PythonHighlighter(QTextDocument* document);

 protected:
    void highlightBlock(const QString& text) override;
};

}  // namespace rw::ui
