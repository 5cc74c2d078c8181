// Matrix factorisation as a model, so that it is compared like the others.
#pragma once
#include "tests/learn/oracle_twins.h"

namespace rw::test {

/// Users and items start with River's factors.
OracleTwin matrixFactorisationTwin(const OracleCase& oracle);

}  // namespace rw::test
