// Charts as files: the visible range as PNG, SVG or CSV.
#pragma once
#include <QSize>
#include <QString>

#include "core/base/status.h"

namespace rw::ui {

class ChartWidget;

/// `scale` 2 draws twice as fine, for print and dense screens.
Status exportPng(ChartWidget& chart, const QString& path, QSize size, double scale = 1);
Status exportSvg(ChartWidget& chart, const QString& path, QSize size);
Status exportCsv(const ChartWidget& chart, const QString& path);
/// A picture of another kind: the file is there when it is whole, or the error says why not.
Status savePicture(const QString& path, const QByteArray& picture);

}  // namespace rw::ui
