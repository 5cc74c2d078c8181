// Charts as files: the visible range as PNG, SVG or CSV.
#pragma once
#include <QSize>
#include <QString>
#include <functional>

#include "core/base/status.h"

class QPainter;
class QWidget;

namespace rw::ui {

class ChartWidget;

/// What an export has still to do when its picture is drawn: to encode it and to write the file, which is
/// there when it is whole, or the error says why not. It takes as long as the disk does. For any thread.
using ExportRest = std::function<Status()>;

/// Draws, on the GUI thread. `scale` 2 draws twice as fine, for print and dense screens. An error where the
/// picture does not fit into memory.
Result<ExportRest> drawPng(ChartWidget& chart, const QString& path, QSize size, double scale = 1);
ExportRest drawSvg(ChartWidget& chart, const QString& path, QSize size);
ExportRest drawCsv(const ChartWidget& chart, const QString& path);
/// The picture of anything else: `paint` is called once, before it returns. Errors: as for drawPng().
Result<ExportRest> drawPng(const QString& path, QSize size, double scale,
                           const std::function<void(QPainter&)>& paint);
/// A picture that is encoded already.
ExportRest pictureFile(const QString& path, const QByteArray& picture);

/// Does the rest on a thread of its own; the end of the program waits for it for ten seconds. Shows a box
/// after an error, unless the parent is gone by then.
void exportInBackground(QWidget* parent, const Result<ExportRest>& drawn);

/// All of it at once, where nobody waits at a window.
Status exportPng(ChartWidget& chart, const QString& path, QSize size, double scale = 1);
Status exportSvg(ChartWidget& chart, const QString& path, QSize size);
Status exportCsv(const ChartWidget& chart, const QString& path);

}  // namespace rw::ui
