// One picture of differences in a view that nobody edits.
#pragma once
#include <memory>
#include <vector>

#include "widgets/canvas/difference/difference_items.h"
#include "widgets/canvas/graph_view.h"

namespace rw::ui {

class DifferenceView final : public GraphView {
    Q_OBJECT
 public:
    explicit DifferenceView(QWidget* parent = nullptr);

    void setPicture(const DifferencePicture& picture, const Catalogue& catalogue);
    /// Marks it; `reveals`: and scrolls to it where it is out of sight.
    void choose(int change, bool reveals);
    QRectF contentRect() const;  ///< around all cards and comments
    const std::vector<DifferenceCard*>& cards() const { return m_cards; }
    const std::vector<DifferenceWire*>& wires() const { return m_wires; }

 Q_SIGNALS:
    void chosen(int change);
    void fitRequested();

 protected:
    void showScale(double scale) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void clearItems();
    void refreshWords();

    std::vector<DifferenceCard*> m_cards{};
    std::vector<DifferenceWire*> m_wires{};
    std::vector<QGraphicsItem*> m_notes{};
    int m_chosen = -1;
};

}  // namespace rw::ui
