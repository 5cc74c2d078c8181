#include "widgets/charts/chart_export.h"

#include <QBuffer>
#include <QImage>
#include <QLayout>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include "widgets/charts/chart_widget.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

Status notWritten(const QString& path, const QString& why) {
    return Status(ErrorCode::Io,
                  RW_TEXT("chart", "“%1” can't be written: %2.").with(path.toStdString(), why.toStdString()),
                  RW_TEXT("chart", "Name a file in a folder that exists and can be written."));
}

/// Writes the picture when it is whole: what draws it would not notice a full disk.
Status save(const QString& path, const QByteArray& picture) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(picture) != picture.size() || !file.commit())
        return notWritten(path, file.errorString());
    return {};
}

/// Gives the chart the size to be drawn at and its own size back afterwards.
class Sized {
 public:
    Sized(ChartWidget& chart, QSize size) : m_chart(chart), m_before(chart.size()) {
        chart.resize(size);
        chart.ensurePolished();
        if (chart.layout()) chart.layout()->activate();
        // A chart that was never shown has not laid out its inside yet; taking a picture makes it.
        (void)chart.grab(QRect(0, 0, 1, 1));
        chart.refresh();
    }
    ~Sized() { m_chart.resize(m_before); }

 private:
    ChartWidget& m_chart;
    const QSize m_before;
};

}  // namespace

Status exportPng(ChartWidget& chart, const QString& path, QSize size, double scale) {
    const Sized sized(chart, size);
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Theme::of(&chart).tokens().panel);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    chart.paintPicture(painter, QRectF(QPointF(0, 0), QSizeF(size)));
    painter.end();
    QBuffer picture;
    picture.open(QIODevice::WriteOnly);
    image.save(&picture, "PNG");
    return save(path, picture.data());
}

Status exportSvg(ChartWidget& chart, const QString& path, QSize size) {
    const Sized sized(chart, size);
    QBuffer picture;
    picture.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&picture);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(0, 0), size));
    QPainter painter(&svg);
    painter.fillRect(QRect(QPoint(0, 0), size), Theme::of(&chart).tokens().panel);
    chart.paintPicture(painter, QRectF(QPointF(0, 0), QSizeF(size)));
    painter.end();
    return save(path, picture.data());
}

Status exportCsv(const ChartWidget& chart, const QString& path) {
    return save(path, chart.csv().toUtf8());
}

}  // namespace rw::ui
