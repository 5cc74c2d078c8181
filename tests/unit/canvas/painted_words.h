// The words that are painted, and the colour of each: nothing is drawn.
#pragma once
#include <QHash>
#include <QImage>
#include <QPaintEngine>
#include <QPainter>

namespace rw::ui {

/// Keeps the colour of each word that is painted, and paints nothing.
class ColoursEngine : public QPaintEngine {
 public:
    ColoursEngine() : QPaintEngine(AllFeatures) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    Type type() const override { return User; }
    void drawTextItem(const QPointF&, const QTextItem& item) override {
        colours.insert(item.text().trimmed(), painter()->pen().color());
    }

    QHash<QString, QColor> colours{};
};

class ColoursDevice : public QImage {
 public:
    explicit ColoursDevice(QSize size) : QImage(size, QImage::Format_RGB32) {}
    QPaintEngine* paintEngine() const override { return &m_engine; }
    const QHash<QString, QColor>& colours() const { return m_engine.colours; }

 private:
    mutable ColoursEngine m_engine{};
};

}  // namespace rw::ui
