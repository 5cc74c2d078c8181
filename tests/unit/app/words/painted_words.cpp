#include "tests/unit/app/words/painted_words.h"

#include <QtWidgets/QtWidgets>
#include <utility>

namespace rw::ui {

namespace {

/// Keeps the words, and paints nothing.
class WordsEngine : public QPaintEngine {
 public:
    WordsEngine() : QPaintEngine(AllFeatures) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    Type type() const override { return User; }

    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        const QTransform& turn = painter()->transform();
        const QRectF place = turn.mapRect(
            QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent()));
        QRectF room(0, 0, paintDevice()->width(), paintDevice()->height());
        if (painter()->hasClipping()) room &= turn.mapRect(painter()->clipBoundingRect());
        if (!words.isEmpty()) {
            PaintedWords& last = words.back();
            const bool sameLine = std::abs(last.place.center().y() - place.center().y()) < kNear;
            if (sameLine && std::abs(last.place.right() - place.left()) < kNear && last.room == room) {
                last.words += item.text();
                last.place |= place;
                return;
            }
        }
        words.push_back({item.text(), place, room});
    }

    QList<PaintedWords> words{};

 private:
    static constexpr qreal kNear = 1.5;
};

class WordsDevice : public QPaintDevice {
 public:
    explicit WordsDevice(QSize size) : m_size(size) {}
    QPaintEngine* paintEngine() const override { return &m_engine; }
    QList<PaintedWords> words() const { return m_engine.words; }

 protected:
    int metric(PaintDeviceMetric what) const override {
        switch (what) {
            case PdmWidth:
                return m_size.width();
            case PdmHeight:
                return m_size.height();
            case PdmDpiX:
            case PdmDpiY:
            case PdmPhysicalDpiX:
            case PdmPhysicalDpiY:
                return qApp->primaryScreen() ? qRound(qApp->primaryScreen()->logicalDotsPerInch()) : 96;
            case PdmDepth:
                return 32;
            case PdmDevicePixelRatio:
                return 1;
            case PdmDevicePixelRatioScaled:
                return qRound(devicePixelRatioFScale());
            default:
                return QPaintDevice::metric(what);
        }
    }

 private:
    QSize m_size;
    mutable WordsEngine m_engine{};
};

}  // namespace

QList<PaintedWords> paintedBy(const std::function<void(QPainter&)>& paint, QSize size) {
    WordsDevice device(size);
    QPainter painter(&device);
    paint(painter);
    painter.end();
    return device.words();
}

QList<PaintedWords> paintedIn(QWidget& widget) {
    return paintedBy([&widget](QPainter& painter) { widget.render(&painter, {}, {}, {}); }, widget.size());
}

}  // namespace rw::ui
