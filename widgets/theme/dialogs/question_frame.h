// The frame of dialogs that ask before something begins.
#pragma once
#include <QString>

class QDialog;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rw::ui {

/// Words that may need several lines. `role`: one of a QLabel, as theme.h lists them; null: as all other
/// text.
QLabel* newParagraph(const QString& words, const char* role);

/// The column of the dialog, to which its content is added from the top.
QVBoxLayout* newQuestionColumn(QDialog& dialog);

struct QuestionButtons {
    QPushButton* decline = nullptr;  ///< “decline” is its name; rejects the dialog
    QPushButton* agree = nullptr;    ///< “agree”; accepts it
};
/// Ends the column with the buttons. `agreement` empty: there is nothing to agree to, and no such button.
QuestionButtons addQuestionButtons(QDialog& dialog, QVBoxLayout& column, const QString& refusal,
                                   const QString& agreement);

}  // namespace rw::ui
