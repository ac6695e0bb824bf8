export { catalogInput, loadCatalogAddress } from "../../console/catalog/catalog-address.ts";
