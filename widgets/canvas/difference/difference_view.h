// One picture of differences in a view that can be scrolled and zoomed, and not edited.
#pragma once
#include <QGraphicsView>
#include <memory>
#include <vector>

#include "widgets/canvas/difference/difference_items.h"

namespace rw::ui {

class DifferenceView final : public QGraphicsView {
    Q_OBJECT
 public:
    explicit DifferenceView(QWidget* parent = nullptr);

    void setPicture(const DifferencePicture& picture, const Catalogue& catalogue);
    /// Marks it; `reveals`: and scrolls to it where it is out of sight.
    void choose(int change, bool reveals);
    void fitTo(const QRectF& part);
    QRectF contentRect() const;  ///< around all cards and comments
    void zoomTo(double zoom, QPoint at);
    double zoom() const { return m_zoom; }
    /// Shows the same part as another view.
    void showAs(const DifferenceView& other);
    const std::vector<DifferenceCard*>& cards() const { return m_cards; }
    const std::vector<DifferenceWire*>& wires() const { return m_wires; }

 Q_SIGNALS:
    void chosen(int change);
    void viewMoved();  ///< scrolled or zoomed by a person
    void fitRequested();

 protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void clearItems();
    void setZoom(double zoom);
    void panBy(QPoint pixels);
    void refreshWords();

    std::vector<DifferenceCard*> m_cards{};
    std::vector<DifferenceWire*> m_wires{};
    std::vector<QGraphicsItem*> m_notes{};
    int m_chosen = -1;
    double m_zoom = 1;
    QPoint m_pressedAt{}, m_lastAt{};
};

}  // namespace rw::ui
