// The items of a picture of differences: a card and a wire, each with the mark of what became of it.
#pragma once
#include <QGraphicsItem>

#include "widgets/canvas/cards/card_painter.h"
#include "widgets/canvas/wires/wire_painter.h"
#include "widgets/pane/difference_canvas.h"

namespace rw::ui {

/// “+ ”, “− ”, “Δ 2”: what was done to it without a colour; empty where it is the same.
QString markWords(DifferencePicture::Mark mark, int parts);

class DifferenceCard final : public QGraphicsItem {
 public:
    DifferenceCard(const DifferencePicture::Card& card, CardModel model);

    const NodeId& id() const { return m_model.id; }
    const std::vector<int>& changes() const { return m_changes; }
    DifferencePicture::Mark mark() const { return m_mark; }
    const CardModel& model() const { return m_model; }
    QRectF cardRect() const { return mapRectToScene(m_layout.card); }
    /// Of the port, or of the edge on its side where there is none.
    QPointF end(const std::string& port, bool input) const;
    void setDetail(Detail detail);
    void setChosen(bool chosen);
    bool isChosen() const { return m_look.selected; }

    QRectF boundingRect() const override { return m_layout.bounds().adjusted(-1, -1, 1, 1); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    const std::vector<int> m_changes;
    const DifferencePicture::Mark m_mark;
    CardModel m_model;
    CardLayout m_layout;
    CardLook m_look{};
    const std::vector<PortEmphasis> m_ports;
};

class DifferenceWire final : public QGraphicsItem {
 public:
    DifferenceWire(const DifferencePicture::Line& line, PortRole role, const DifferenceCard& from,
                   const DifferenceCard& to);

    const std::vector<int>& changes() const { return m_changes; }
    QRectF middle() const;
    void setChosen(bool chosen);

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    const std::vector<int> m_changes;
    const DifferencePicture::Mark m_mark;
    QPainterPath m_path;
    WireCourse m_course;
    QRectF m_bounds;
    WireLook m_look{};
};

}  // namespace rw::ui
