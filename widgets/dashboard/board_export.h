// The whole dashboard as a file, as it is laid out on the screen.
#pragma once
#include <QString>

#include "widgets/charts/chart_export.h"

namespace rw::ui {

class CardGrid;

/// Over the cards stands `title`. `scale` 2 draws twice as fine. An error where the picture does not fit into
/// memory.
Result<ExportRest> drawBoardPng(CardGrid& cards, const QString& title, const QString& path, double scale);
/// On one page of the dashboard's size; lines and words stay sharp when they are enlarged.
ExportRest drawBoardPdf(CardGrid& cards, const QString& title, const QString& path);

}  // namespace rw::ui
