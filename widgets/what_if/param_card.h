// One parameter that is varied: for A and for each variant a slider and an exact field, and whether they
// differ.
#pragma once
#include <QWidget>
#include <array>

#include "widgets/what_if/ab_slider.h"
#include "widgets/what_if/variations.h"

class QLabel;
class QLineEdit;

namespace rw::ui {

class Chip;
class ElidedLabel;
class IconButton;

class ParamCard final : public QWidget {
    Q_OBJECT
 public:
    explicit ParamCard(Variation variation, QWidget* parent = nullptr);

    const Variation& variation() const { return m_variation; }
    /// As files have it: of a text that is no such value the last one that was.
    const std::string& value(CompareSide side) const { return m_values[index(side)]; }
    bool differs() const;  ///< a variant from A
    /// How many there are, A among them. A new one has the values of the last.
    void setSides(std::size_t count);
    /// Says nothing of it.
    void setValue(CompareSide side, const std::string& value);
    void swapWithA(CompareSide side);
    /// A variant goes; those behind it move up.
    void dropSide(CompareSide side);
    /// The pipeline has another value now: a side that was as it is stays so.
    void follow(const Variation& variation);
    void retranslate();
    QLineEdit& field(CompareSide side) const { return *m_rows[index(side)].field; }
    SideSlider& slider(CompareSide side) const { return *m_rows[index(side)].slider; }

 Q_SIGNALS:
    void changed();  ///< a person chose another value
    void removeRequested();

 private:
    struct Row {
        SideSign* sign = nullptr;
        SideSlider* slider = nullptr;
        QLineEdit* field = nullptr;
        QLabel* unit = nullptr;
    };
    static std::size_t index(CompareSide side) { return numberOf(side); }
    void showSides();
    bool differ(std::size_t one, std::size_t other) const;
    void makeRow(CompareSide side);
    void slide(CompareSide side, int step);
    void type(CompareSide side);
    /// Why the text is no value of it; empty: it is one.
    QString refusal(const std::string& text) const;
    void showValue(CompareSide side);
    void showRange();
    void showDifference();

    Variation m_variation;
    Amount m_amount{};  ///< with a range that has all values in it
    std::array<std::string, kMostSides> m_values{};
    std::array<Row, kMostSides> m_rows{};
    std::size_t m_sides = 2;
    bool m_showing = false;
    QLabel* m_name;
    ElidedLabel* m_of;
    Chip* m_differs;
    QLabel* m_same;
    IconButton* m_remove;
    QLabel *m_least, *m_most, *m_refusal;
};

}  // namespace rw::ui
