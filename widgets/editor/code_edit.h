// A field for text of a language, in the code font, of one line or several; those of several have line
// numbers and may have marks beside them. Tells of the text when the keys rest or the field is left.
#pragma once
#include <QPlainTextEdit>
#include <vector>

namespace rw::ui {

class TypingPause;

/// A line that something is to be said about, beside its number.
struct LineMark {
    int line = 0;     ///< from 1
    QString words{};  ///< shown when the number is pointed at
    bool operator==(const LineMark&) const = default;
};

class CodeEdit : public QPlainTextEdit {
    Q_OBJECT
 public:
    enum class Lines { One, Several };
    explicit CodeEdit(Lines lines, QWidget* parent = nullptr);

    /// Takes another text without telling edited(); the cursor stays where it can.
    void setCode(const QString& text);
    void setMarks(std::vector<LineMark> marks);
    const std::vector<LineMark>& marks() const { return m_marks; }
    /// The mark of the line; null: it has none.
    const LineMark* markOf(int line) const;

 Q_SIGNALS:
    void edited(const QString& text);  ///< by the person, when the keys rest or the field is left

 protected:
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void notifyEdited();
    bool hasSeveralLines() const { return m_lines == Lines::Several; }

 private:
    int numbersWidth() const;
    void arrange();

    class LineNumbers;

    const Lines m_lines;
    LineNumbers* m_numbers = nullptr;
    TypingPause* m_pause;
    std::vector<LineMark> m_marks{};
    QString m_notified{};
};

}  // namespace rw::ui
