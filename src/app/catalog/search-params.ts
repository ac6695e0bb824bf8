export { catalogInput, filterInput, loadCatalogAddress } from "../../console/catalog/catalog-address.ts";
