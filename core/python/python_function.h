// A function of the user's, and all that decides how it is run.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "core/base/time.h"
#include "core/data/schema.h"

namespace rw {

struct PythonFunction {
    std::string code{};
    std::string python{};  ///< the interpreter, absolute
    std::string venv{};    ///< the virtual environment that it is of, absolute; empty: none
    SchemaRef input = std::make_shared<Schema>();
    SchemaRef output = std::make_shared<Schema>();
    int time = -1;          ///< the column of `output` that is the event time, and stays as it is; -1: none
    bool batches = false;   ///< process() is called with columns, not with each row
    bool keyed = false;     ///< process(row, state): each key has a state; not where `batches`
    bool stateful = false;  ///< state() and load(): there is one state; not where `keyed`
    bool splits = true;     ///< a batch may be handed over in parts, and again
    bool network = false;
    Millis timeLimit = 10'000;                      ///< of a batch
    std::uint64_t memory = std::uint64_t{1} << 30;  ///< bytes of address space of the process
};
using PythonFunctionRef = std::shared_ptr<const PythonFunction>;

}  // namespace rw
