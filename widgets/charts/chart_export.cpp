#include "widgets/charts/chart_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QLayout>
#include <QPainter>
#include <QSvgGenerator>
#include <chrono>
#include <future>
#include <memory>

#include "widgets/background/background.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/document/export_target.h"
#include "widgets/document/whole_file.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::chrono::seconds kQuitWaits(10);
constexpr int kPixelsPerInch = 96;  ///< a pixel of CSS, so that the drawing has the size it was given

Status notWritten(const QString& path, const QString& why) {
    return Status(ErrorCode::Io,
                  RW_TEXT("chart", "“%1” can't be written: %2.").with(path.toStdString(), why.toStdString()),
                  RW_TEXT("chart", "Name a file in a folder that exists and can be written."));
}

/// The picture of a chart: its title, if it has one, above the chart. Gives the chart the size to be
/// drawn at and its own size back afterwards.
class Picture {
 public:
    Picture(ChartWidget& chart, QSize size)
        : m_chart(chart),
          m_before(chart.size()),
          m_size(size),
          m_head(chart.title().isEmpty() ? 0 : headOf(chart)) {
        chart.resize(size - QSize(0, m_head));
        chart.ensurePolished();
        if (chart.layout()) chart.layout()->activate();
        // A chart that was never shown has not laid out its inside yet; taking a picture makes it.
        (void)chart.grab(QRect(0, 0, 1, 1));
        chart.refresh();
    }
    ~Picture() { m_chart.resize(m_before); }

    void paint(QPainter& painter) const {
        const Theme& theme = Theme::of(&m_chart);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(QRect(QPoint(0, 0), m_size), theme.tokens().panel);
        painter.setFont(theme.font(TextStyle::Strong));
        painter.setPen(theme.tokens().text);
        const QRect head(metrics::kListPadding, 0, m_size.width() - 2 * metrics::kListPadding, m_head);
        painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_chart.title(), Qt::ElideRight, head.width()));
        m_chart.paintPicture(painter, QRectF(QPointF(0, m_head), QSizeF(m_chart.size())));
    }

 private:
    static int headOf(const ChartWidget& chart) {
        return Theme::of(&chart).lineHeight(TextStyle::Strong) + 2 * metrics::kGrid;
    }

    ChartWidget& m_chart;
    const QSize m_before, m_size;
    const int m_head;
};

Status written(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !commitWhole(file))
        return notWritten(path, file.errorString());
    return {};
}

Status done(const Result<ExportRest>& drawn) {
    if (!drawn.ok()) return drawn.status();
    return (*drawn)();
}

}  // namespace

// A painter that writes to the file itself would not notice a full disk.
ExportRest pictureFile(const QString& path, const QByteArray& picture) {
    return [path, picture] { return written(path, picture); };
}

Result<ExportRest> drawPng(const QString& path, QSize size, double scale,
                           const std::function<void(QPainter&)>& paint) {
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("chart", "A picture of this size does not fit into memory."),
                      RW_TEXT("chart", "Choose a smaller size."));
    }
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paint(painter);
    painter.end();
    return ExportRest([path, image] {
        QBuffer bytes;
        bytes.open(QIODevice::WriteOnly);
        image.save(&bytes, "PNG");
        return written(path, bytes.data());
    });
}

Result<ExportRest> drawPng(ChartWidget& chart, const QString& path, QSize size, double scale) {
    return drawPng(path, size, scale, [&](QPainter& painter) { Picture(chart, size).paint(painter); });
}

ExportRest drawSvg(ChartWidget& chart, const QString& path, QSize size) {
    const Picture picture(chart, size);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&bytes);
    svg.setSize(size);
    svg.setResolution(kPixelsPerInch);
    svg.setViewBox(QRect(QPoint(0, 0), size));
    // Written as they are.
    svg.setTitle(chart.title().toHtmlEscaped());
    svg.setDescription(shownText(chart.summary()).toHtmlEscaped());
    QPainter painter(&svg);
    picture.paint(painter);
    painter.end();
    return pictureFile(path, bytes.data());
}

ExportRest drawCsv(const ChartWidget& chart, const QString& path) {
    return [path, csv = chart.csv()] { return written(path, csv.toUtf8()); };
}

void exportInBackground(QWidget* parent, const Result<ExportRest>& drawn) {
    if (!drawn.ok()) return showExportError(parent, drawn.error());
    const auto written = std::make_shared<std::promise<void>>();
    // Who quits behind an export does not lose it.
    const QMetaObject::Connection quits =
        QObject::connect(qApp, &QCoreApplication::aboutToQuit, qApp,
                         [ended = written->get_future().share()] { ended.wait_for(kQuitWaits); });
    runInBackground(
        parent,
        [rest = *drawn, written] {
            Status status = rest();
            written->set_value();
            return status;
        },
        [parent, quits](const Status& status) {
            QObject::disconnect(quits);
            if (!status.ok()) showExportError(parent, status.error());
        });
}

Status exportPng(ChartWidget& chart, const QString& path, QSize size, double scale) {
    return done(drawPng(chart, path, size, scale));
}

Status exportSvg(ChartWidget& chart, const QString& path, QSize size) {
    return drawSvg(chart, path, size)();
}

Status exportCsv(const ChartWidget& chart, const QString& path) {
    return drawCsv(chart, path)();
}

}  // namespace rw::ui
