// A row pattern as boxes and arrows, while it is typed: variables with their conditions beneath, loops with
// their quantifiers, branches, PERMUTE as a bundle, exclusions dashed, ^ and $ as bars.
#pragma once
#include <QStringList>
#include <QWidget>
#include <map>
#include <optional>

#include "core/patterns/ast.h"
#include "widgets/inspector/patterns/pattern_layout.h"

namespace rw::ui {

struct Tokens;

class PatternView : public QWidget {
    Q_OBJECT
 public:
    explicit PatternView(QWidget* parent = nullptr);

    /// Draws the pattern of this text. One that has an error leaves the last drawing, dimmed, until it is
    /// right again; an empty text leaves none.
    void setText(const QString& text);
    /// The condition of each variable that has one.
    void setConditions(std::map<std::string, QString> conditions);
    /// How wide a line of the drawing may be before it goes on in the next; a part that is wider has its
    /// width.
    void setRoom(int room);
    /// What is drawn is of an earlier text.
    bool isDimmed() const { return m_dimmed; }
    /// Of what is drawn; nothing while nothing is.
    const std::optional<patterns::RowPattern>& pattern() const { return m_pattern; }
    const PatternDrawing& drawing() const { return m_drawing; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

 private:
    void arrange();
    QString conditionOf(int variable) const;
    QString shownCondition(int variable) const;

    std::optional<patterns::RowPattern> m_pattern{};
    std::map<std::string, QString> m_conditions{};
    bool m_dimmed = false;
    int m_room = 280;
    PatternDrawing m_drawing{};
};

/// The colour of a variable wherever it stands: in the drawing, in the text, beside tested rows.
QColor variableColor(const Tokens& tokens, int variable);

}  // namespace rw::ui
